use hueless::{Depends, dependency};

#[dependency]
fn user() -> u8 {
    1
}

#[dependency(singleton)]
struct Services { //~ ERROR a singleton lives longer than a request: Services -> user, and `user` is made for each request
    user: Depends<user>,
}

fn main() {}
