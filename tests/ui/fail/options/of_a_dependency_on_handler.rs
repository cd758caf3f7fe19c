use hueless::handler;

#[handler(singleton)] //~ ERROR `singleton` belongs on a dependency; remove it from `#[handler]`
fn ping() {}

fn main() {}
