//! Of two items of one name one is there, wherever the condition stands.
#![deny(warnings)]

use hueless::{App, Call, Depends, dependency, handler};

#[cfg(all())]
#[dependency]
fn above() -> u8 {
    1
}

#[cfg(any())]
#[dependency]
fn above(gone: Depends<gone>) -> Gone {
    Gone
}

#[dependency]
#[cfg(any())]
fn below(gone: Depends<gone>) -> Gone {
    Gone
}

#[dependency]
#[cfg(all())]
fn below() -> u8 {
    2
}

#[handler]
#[cfg_attr(all(), must_use)]
fn read(above: Depends<above>, below: Depends<below>) -> u8 {
    *above + *below
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(App::new().run(read::handler, Call::new()).await.unwrap(), 3);
}
