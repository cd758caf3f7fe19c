use hueless::dependency;

#[dependency(timeout = "2s")] //~ ERROR `timeout` is for a function, as a struct is built in place; remove `timeout`
struct Page {}

fn main() {}
