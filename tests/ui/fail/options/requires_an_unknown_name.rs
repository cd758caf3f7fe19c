use hueless::handler;

#[handler(requires(nobody))] //~ ERROR cannot find type `nobody` in this scope
fn ping() {}

fn main() {}
