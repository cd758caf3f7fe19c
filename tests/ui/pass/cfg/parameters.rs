#![deny(warnings)]

use hueless::{App, Call, Depends, Input, dependency, handler};

#[dependency]
fn one() -> u8 {
    1
}

#[cfg(all())]
#[dependency]
fn two() -> u8 {
    2
}

#[dependency]
fn sum(
    one: Depends<one>,
    #[cfg(all())] two: Depends<two>,
    #[cfg(any())] gone: Depends<gone>,
) -> u8 {
    #[cfg(any())]
    return *gone;
    *one + *two
}

#[handler]
async fn read(
    #[cfg(any())] gone: Depends<gone>,
    sum: Depends<sum>,
    #[cfg(any())] Gone(gone): Gone,
    #[cfg(not(any()))] Input(more): Input<u8>,
    #[cfg(any())] body: Gone,
) -> u8 {
    *sum + more
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let call = Call::new().with(4_u8);
    assert_eq!(App::new().run(read::handler, call).await.unwrap(), 7);
}
