#![deny(warnings)]

use hueless::{Depends, dependency};

#[dependency]
pub fn db() -> u8 {
    1
}

#[dependency]
pub fn user(db: Depends<db>) -> u8 { //~ ERROR unused variable: `db`
    1
}

fn main() {}
