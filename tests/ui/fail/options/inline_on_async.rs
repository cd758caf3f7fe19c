use hueless::handler;

#[handler(inline)] //~ ERROR `inline` is for a plain `fn`, as an `async fn` is awaited in place; remove `inline`
async fn ping() {}

fn main() {}
