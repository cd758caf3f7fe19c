use hueless::handler;

#[handler(queue = 8)] //~ ERROR `queue` belongs on a dependency; remove it from `#[handler]`
fn read() {}

fn main() {}
