use hueless::{Depends, dependency};

#[dependency]
fn user() -> u8 {
    1
}

#[dependency(singleton)]
fn pool(user: Depends<user>) -> u8 { //~ ERROR a singleton lives longer than a request: pool -> user, and `user` is made for each request
    *user
}

fn main() {}
