//! Diamonds, generic functions that need themselves with other arguments, and singletons below
//! requests are no mistakes.
#![deny(warnings)]

use hueless::{App, Call, Depends, dependency, handler};

#[dependency(singleton)]
fn settings() -> u8 {
    1
}

#[dependency(singleton)]
fn pool(settings: Depends<settings>) -> u8 {
    *settings
}

#[dependency(transient)]
fn buffer(pool: Depends<pool>) -> u8 {
    *pool
}

#[dependency(singleton)]
fn cache(buffer: Depends<buffer>) -> u8 {
    *buffer
}

#[dependency]
fn left(cache: Depends<cache>) -> u8 {
    *cache
}

#[dependency(after(left))]
fn right(cache: Depends<cache>) -> u8 {
    *cache
}

#[dependency]
fn wrapped<T: Default + Send + Sync + Into<u8> + Copy>() -> u8 {
    T::default().into()
}

#[dependency]
fn twice(first: Depends<wrapped<bool>>, second: Depends<wrapped<u8>>) -> u8 {
    *first + *second
}

#[handler]
fn read(left: Depends<left>, right: Depends<right>, twice: Depends<twice>) -> u8 {
    *left + *right + *twice
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(App::new().run(read::handler, Call::new()).await.unwrap(), 2);
}
