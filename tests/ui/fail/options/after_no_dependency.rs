use hueless::dependency;

struct Config;

#[dependency(after(Config))] //~ ERROR `Config` is not a dependency (2 times)
fn user() -> u8 {
    1
}

fn main() {}
