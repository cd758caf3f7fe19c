#![deny(warnings)]

use hueless::{App, Call, Depends, Input, dependency, handler};

#[dependency]
fn one() -> u8 {
    1
}

type One = Depends<one>;

#[dependency]
struct Page {
    #[cfg(all())]
    #[depends]
    one: One,
    #[cfg(any())]
    gone: Depends<gone>,
    #[cfg(not(any()))]
    input: Input<u8>,
    #[cfg(any())]
    input: Gone,
}

#[handler]
fn read(page: Depends<Page>) -> u8 {
    *page.one + page.input.0
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let call = Call::new().with(4_u8);
    assert_eq!(App::new().run(read::handler, call).await.unwrap(), 5);
}
