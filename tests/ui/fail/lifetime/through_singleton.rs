use hueless::{Depends, dependency};

#[dependency]
fn user() -> u8 {
    1
}

#[dependency(singleton)]
fn cache(user: Depends<user>) -> u8 { //~ ERROR a singleton lives longer than a request: cache -> user, and `user` is made for each request
    *user
}

#[dependency(singleton)]
fn pool(cache: Depends<cache>) -> u8 {
    *cache
}

fn main() {}
