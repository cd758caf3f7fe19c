use hueless::dependency;

#[dependency]
fn audit() {} //~ ERROR a dependency has to return a value; write its type, or `-> ()` if it is there for its effect

fn main() {}
