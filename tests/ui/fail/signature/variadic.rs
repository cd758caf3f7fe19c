use hueless::dependency;

#[dependency]
fn sum(first: u8, _rest: ...) -> u8 { //~ ERROR a dependency cannot be variadic; give each parameter a type
    first
}

fn main() {}
