//! A variable, a constant and a static may have the name of a dependency.
#![deny(warnings)]

use hueless::{Depends, dependency};

#[dependency]
fn db() -> u8 {
    1
}

#[dependency]
fn user(db: Depends<db>) -> u8 {
    let db = *db;
    db
}

fn main() {
    let db = db();
    let user = user(Depends::new(db));
    assert_eq!(user, 1);
}
