#![deny(warnings)]

use hueless::{Depends, dependency};

#[deprecated = "take `pool`"]
#[dependency]
pub fn db() -> u8 {
    1
}

#[dependency]
pub fn user(db: Depends<db>) -> u8 { //~ ERROR use of deprecated struct `db`: take `pool`
    *db
}

fn main() {}
