use hueless::handler;

struct Config;

#[handler(requires(Config))] //~ ERROR `Config` is not a dependency (2 times)
fn ping() {}

fn main() {}
