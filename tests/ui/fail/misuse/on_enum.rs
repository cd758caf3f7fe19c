use hueless::dependency;

#[dependency]
enum Colour { //~ ERROR `#[dependency]` goes on a function or a struct with named fields; move it there
    Red,
}

fn main() {
    let _ = Colour::Red;
}
