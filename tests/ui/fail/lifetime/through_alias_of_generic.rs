//! A handler alone needs the singleton, and an alias without arguments hides that it is generic.

use hueless::{Depends, dependency, handler};

#[dependency]
fn user() -> u8 {
    1
}

#[dependency(singleton)]
fn pool<T: Send + Sync + 'static>(user: Depends<user>) -> u8 {
    *user
}

type Pool = pool<u8>;

#[handler]
fn read(pool: Depends<Pool>) -> u8 { //~ ERROR a singleton lives longer than a request: pool -> user, and `user` is made for each request
    *pool
}

fn main() {}
