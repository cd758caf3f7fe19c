use hueless::{Depends, dependency};

#[dependency(requires(user))]
fn rate() -> u8 { //~ ERROR dependency cycle: rate -> user -> rate
    1
}

#[dependency]
fn user(rate: Depends<rate>) -> u8 {
    *rate
}

fn main() {}
