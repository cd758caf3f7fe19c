use hueless::handler;

#[handler(after_response = close)] //~ ERROR `after_response` belongs on a dependency; remove it from `#[handler]`
fn ping() {}

fn main() {}
