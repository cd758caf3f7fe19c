//! Below a singleton, too.

use hueless::{Depends, dependency};

#[dependency]
fn user() -> u8 {
    1
}

#[dependency(singleton)]
fn pool<T: Send + Sync + 'static>(user: Depends<user>) -> u8 {
    *user
}

#[dependency(singleton)]
fn root(pool: Depends<pool<u8>>) -> u8 { //~ ERROR a singleton lives longer than a request: root -> pool -> user, and `user` is made for each request
    *pool
}

fn main() {}
