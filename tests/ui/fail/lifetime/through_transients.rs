use hueless::{Depends, dependency};

#[dependency]
fn user() -> u8 {
    1
}

#[dependency(transient)]
fn inner(user: Depends<user>) -> u8 {
    *user
}

#[dependency(transient, inline)]
fn outer(inner: Depends<inner>) -> u8 {
    *inner
}

#[dependency(singleton)]
async fn pool(outer: Depends<outer>) -> u8 { //~ ERROR a singleton lives longer than a request: pool -> outer -> inner -> user, and `user` is made for each request
    *outer
}

fn main() {}
