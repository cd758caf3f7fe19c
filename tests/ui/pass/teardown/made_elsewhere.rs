//! Teardowns beside conditional parameters, out of macros, and where hueless has another name.
#![deny(warnings)]

pub mod facade {
    pub use ::hueless::*;
}

use facade::{App, Call, Depends, Outcome, dependency, handler};

mod hueless {}

#[dependency(crate = crate::facade)]
fn one() -> u8 {
    1
}

#[dependency(crate = crate::facade, teardown = close, after_response = release)]
fn sum(
    one: Depends<one>,
    #[cfg(all())] same: Depends<one>,
    #[cfg(any())] gone: Depends<gone>,
) -> Result<u8, String> {
    #[cfg(any())]
    return Ok(*gone);
    Ok(*one + *same)
}

fn close(_sum: Depends<sum>, _outcome: Outcome) -> Result<(), String> {
    Ok(())
}

fn release(_sum: Depends<sum>, _outcome: Outcome) {}

macro_rules! pool {
    ($name:ident, $first:path, $second:expr) => {
        #[dependency(crate = crate::facade, teardown = $first, after_response = $second)]
        async fn $name() -> u8 {
            3
        }
    };
}

pool!(pool, ends::close::<pool>, ends::release);

mod ends {
    use super::{Depends, Outcome};
    use crate::facade::Provider;

    pub(crate) fn close<D: Provider>(_pool: Depends<D>, _outcome: Outcome) {}

    pub(crate) async fn release(_pool: Depends<super::pool>, _outcome: Outcome) {}
}

#[handler(crate = crate::facade)]
fn read(sum: Depends<sum>, pool: Depends<pool>) -> u8 {
    *sum + *pool
}

#[tokio::main]
async fn main() {
    let sum = App::new().run(read::handler, Call::new()).await;
    assert_eq!(sum.unwrap(), 5);
}
