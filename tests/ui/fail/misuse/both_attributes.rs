use hueless::{dependency, handler};

#[handler]
#[dependency] //~ ERROR a function is a handler or a dependency, not both; remove one of `#[handler]` and `#[dependency]`
fn user() -> u8 {
    1
}

fn main() {
    let _ = user();
}
