//! What the user allows is allowed in what is generated.
#![deny(warnings)]

use hueless::{Depends, dependency, handler};

#[allow(non_snake_case)]
#[dependency]
pub fn Db() -> u8 {
    1
}

#[dependency]
#[allow(unused_variables, reason = "the case is about it")]
pub fn user(db: Depends<Db>) -> u8 {
    1
}

#[expect(unused_variables)]
#[handler]
pub fn read(user: Depends<user>) -> u8 {
    1
}

fn main() {
    assert_eq!(read(Depends::new(user(Depends::new(Db())))), 1);
}
