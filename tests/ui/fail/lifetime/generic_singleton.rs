//! A generic singleton is not proven where it is written, but where something that is not generic
//! needs it.

use hueless::{Depends, dependency, handler};

#[dependency]
fn user() -> u8 {
    1
}

#[dependency(singleton)]
fn pool<T: Send + Sync + 'static>(user: Depends<user>) -> u8 {
    *user
}

#[dependency]
fn repository<T: Send + Sync + 'static>(pool: Depends<pool<T>>) -> u8 {
    *pool
}

#[handler]
fn read(repository: Depends<repository<u8>>) -> u8 { //~ ERROR a singleton lives longer than a request: pool -> user, and `user` is made for each request
    *repository
}

fn main() {}
