#![deny(warnings)]

use hueless::dependency;

#[dependency]
#[must_use = "a transaction is rolled back when it is dropped"]
pub fn transaction() -> u8 {
    1
}

fn main() {
    transaction(); //~ ERROR unused return value of `transaction` that must be used
}
