use hueless::{Depends, dependency};

#[dependency(after(user))]
fn audit() -> u8 { //~ ERROR dependency cycle: audit -> user -> audit
    1
}

#[dependency]
fn user(audit: Depends<audit>) -> u8 {
    *audit
}

fn main() {}
