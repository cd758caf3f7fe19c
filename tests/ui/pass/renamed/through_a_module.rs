//! hueless is found where `crate = path` says: here behind a crate of the user's.
#![deny(warnings)]

pub mod facade {
    pub mod web {
        pub use ::hueless::*;
    }
}

use facade::web::{App, Call, Depends, dependency, handler};

mod hueless {}

#[dependency(crate = crate::facade::web)]
fn db() -> Result<u8, String> {
    Ok(1)
}

#[dependency(singleton, crate = crate::facade::web)]
async fn config() -> u8 {
    1
}

#[dependency(crate = crate::facade::web)]
struct Page {
    db: Depends<db>,
}

#[handler(crate = crate::facade::web)]
fn read(page: Depends<Page>, config: Depends<config>) -> u8 {
    *page.db + *config
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(App::new().run(read::handler, Call::new()).await.unwrap(), 2);
}
