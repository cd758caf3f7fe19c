//! Documentation of every form stays on the function, and the type beside it repeats it.
#![deny(warnings, missing_docs)]

use hueless::{Depends, dependency, handler};

/// The rows.
///
/// # Panics
///
/// Never.
#[dependency]
pub fn db() -> u8 {
    1
}

/** Reads
 * a row. */
#[doc(alias = "fetch")]
#[doc = "And returns it."]
#[handler]
pub fn read(db: Depends<db>) -> u8 {
    *db
}

/// A page.
#[dependency]
pub struct Page {
    /// What is on it.
    pub db: Depends<db>,
}

fn main() {
    assert_eq!(read(Depends::new(db())), 1);
}
