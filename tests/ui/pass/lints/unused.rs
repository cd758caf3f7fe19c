//! A dependency may be there for others; what is generated is never unused.
#![deny(warnings, dead_code)]

use hueless::dependency;

#[dependency(singleton)]
async fn config() -> u8 {
    1
}

#[dependency]
fn db() -> u8 {
    1
}

fn main() {}
