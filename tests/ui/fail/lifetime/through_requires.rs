use hueless::dependency;

#[dependency]
fn user() -> u8 {
    1
}

#[dependency(singleton, requires(user))]
fn pool() -> u8 { //~ ERROR a singleton lives longer than a request: pool -> user, and `user` is made for each request
    1
}

fn main() {}
