//! Only those who name it are warned, not what is generated.
#![deny(warnings)]

use hueless::{Depends, dependency, handler};

#[deprecated(since = "1.0.0", note = "take `pool`")]
#[dependency]
pub fn db() -> u8 {
    1
}

#[handler]
#[deprecated]
pub async fn read() -> u8 {
    1
}

#[allow(deprecated)]
#[handler]
pub fn old(db: Depends<db>) -> u8 {
    *db
}

#[expect(deprecated)]
fn main() {
    assert_eq!(old(Depends::new(db())), 1);
    drop(read());
}
