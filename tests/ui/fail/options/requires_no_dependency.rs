use hueless::handler;

struct Config;

#[handler(requires(Config))] //~ ERROR `Config` is not a dependency
fn ping() {}

fn main() {}
