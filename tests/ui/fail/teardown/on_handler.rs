use hueless::handler;

#[handler(teardown = close)] //~ ERROR `teardown` belongs on a dependency; remove it from `#[handler]`
fn ping() {}

fn main() {}
