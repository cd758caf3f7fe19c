#![deny(dead_code)]

use hueless::{Depends, dependency, handler};

#[dependency]
fn db() -> u8 {
    1
}

#[handler]
fn read(db: Depends<db>) -> u8 { //~ ERROR function `read` is never used
    *db
}

fn main() {}
