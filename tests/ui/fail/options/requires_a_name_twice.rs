use hueless::{dependency, handler};

#[dependency(guard)]
fn user() -> u8 {
    1
}

#[handler(requires(user, user))] //~ ERROR `user` is named twice; remove one
fn ping() {}

fn main() {}
