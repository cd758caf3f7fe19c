use hueless::handler;

#[handler]
extern "C" fn ping() {} //~ ERROR a handler cannot be `extern`, as only hueless calls it; remove `extern`

fn main() {}
