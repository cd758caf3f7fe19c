use hueless::{Depends, dependency};

#[dependency]
fn user() -> u8 {
    1
}

#[dependency(transient)]
fn page<const SIZE: usize>(user: Depends<user>) -> usize {
    SIZE + usize::from(*user)
}

#[dependency(singleton)]
fn pool(page: Depends<page<10>>) -> usize { //~ ERROR a singleton lives longer than a request: pool -> page -> user, and `user` is made for each request
    *page
}

fn main() {}
