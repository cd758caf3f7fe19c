use hueless::handler;

#[handler(sometimes)] //~ ERROR unknown option `sometimes`; the options of `#[handler]` are `inline`, `cpu`, `sequential`, `seat`, `requires`, `after`, `timeout`, `crate`
fn ping() {}

fn main() {}
