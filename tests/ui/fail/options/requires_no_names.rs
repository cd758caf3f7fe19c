use hueless::handler;

#[handler(requires)] //~ ERROR `requires` takes names of dependencies; write `requires(name)`
fn ping() {}

fn main() {}
