use hueless::dependency;

struct Session;

#[dependency] //~ ERROR `Session` is not a `Depends<…>`
struct Page {
    #[depends]
    session: Session, //~ ERROR `Session` is not a `Depends<…>`
}

fn main() {}
