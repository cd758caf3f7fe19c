use hueless::handler;

#[handler(limit = 8)] //~ ERROR `limit` belongs on a dependency; remove it from `#[handler]`
fn read() {}

fn main() {}
