//! A dependency may be there for others; what is generated is never unused.
#![deny(warnings, dead_code)]

use hueless::{Depends, Outcome, dependency};

#[dependency(singleton)]
async fn config() -> u8 {
    1
}

#[dependency]
fn db() -> u8 {
    1
}

#[dependency(teardown = close, after_response = release)]
fn session() -> Result<u8, String> {
    Ok(1)
}

fn close(_session: Depends<session>, _outcome: Outcome) -> Result<(), String> {
    Ok(())
}

async fn release(_session: Depends<session>, _outcome: Outcome) {}

fn main() {}
