use hueless::handler;

#[handler]
unsafe fn ping() {} //~ ERROR a handler cannot be `unsafe`, as nobody is there to keep what its caller must promise; use an `unsafe` block inside

fn main() {}
