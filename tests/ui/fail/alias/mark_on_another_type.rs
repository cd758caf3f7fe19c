use hueless::handler;

struct Session;

#[handler] //~ ERROR `Session` is not a `Depends<…>`
fn read(#[depends] _session: Session) -> u8 { //~ ERROR `Session` is not a `Depends<…>`
    1
}

fn main() {}
