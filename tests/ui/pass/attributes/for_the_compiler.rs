#![deny(warnings)]

use hueless::{App, Call, Depends, dependency, handler};

#[inline]
#[dependency(inline)]
fn one() -> u8 {
    1
}

#[dependency]
#[cold]
#[inline(never)]
fn two(one: Depends<one>) -> u8 {
    *one + 1
}

#[track_caller]
#[handler]
fn three(two: Depends<two>) -> u8 {
    *two + 1
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(
        App::new().run(three::handler, Call::new()).await.unwrap(),
        3
    );
}
