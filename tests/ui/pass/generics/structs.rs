//! Parameters with bounds, defaults and a `where` clause.
#![deny(warnings)]

use hueless::{App, Call, Depends, Input, dependency, handler};

#[dependency]
fn made<T: Default + Send + Sync>() -> T {
    T::default()
}

#[dependency]
struct Page<T = u8, const SIZE: usize = 3>
where
    T: Default + Send + Sync + 'static,
{
    value: Depends<made<T>>,
    size: Input<[u8; SIZE]>,
}

#[handler]
fn read(page: Depends<Page>, other: Depends<Page<u16, 2>>) -> usize {
    usize::from(*page.value) + page.size.0.len() + usize::from(*other.value) + other.size.0.len()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let call = Call::new().with([0_u8; 3]).with([0_u8; 2]);
    assert_eq!(App::new().run(read::handler, call).await.unwrap(), 5);
}
