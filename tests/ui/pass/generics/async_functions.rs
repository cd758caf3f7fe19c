//! What an `async fn` holds while it waits may depend on its parameters.
#![deny(warnings)]

use hueless::{App, Call, Depends, dependency, handler};

#[dependency]
fn made<T: Default + Send + Sync>() -> T {
    T::default()
}

#[dependency]
fn filled<const SIZE: usize>() -> [u8; SIZE] {
    [1; SIZE]
}

#[dependency(transient)]
fn owned<T: Default + Send>() -> T {
    T::default()
}

async fn pause() {}

#[dependency]
async fn all<T, const SIZE: usize>(
    made: Depends<made<T>>,
    filled: Depends<filled<SIZE>>,
    owned: Depends<owned<T>>,
) -> usize
where
    T: Default + Send + Sync + 'static,
{
    let (_made, length) = (&made, filled.len());
    pause().await;
    drop(owned);
    length
}

#[handler]
async fn read<T>(made: Depends<made<T>>, all: Depends<all<T, 3>>) -> usize
where
    T: Default + Send + Sync + 'static,
{
    let _made = &made;
    pause().await;
    *all
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let read = App::new().run(read::<u8>::handler, Call::new()).await;
    assert_eq!(read.unwrap(), 3);
}
