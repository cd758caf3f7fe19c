use hueless::{dependency, handler};

#[dependency(guard)]
fn rate() -> u8 {
    1
}

#[dependency(guard)]
fn user() -> u8 {
    1
}

#[handler(requires(rate), requires(user))] //~ ERROR duplicate option `requires`; put all names into the first `requires(…)`
fn ping() {}

fn main() {}
