//! Structs whose values are ended.
#![deny(warnings)]

use hueless::{App, Call, Depends, Outcome, dependency, handler};

#[dependency]
fn number() -> u8 {
    1
}

#[dependency(teardown = Self::close, after_response = release)]
struct Session {
    number: Depends<number>,
}

impl Session {
    fn close(session: Depends<Self>, _outcome: Outcome) {
        assert_eq!(*session.number, 1);
    }
}

async fn release(_session: Depends<Session>, _outcome: Outcome) {}

#[dependency(guard, teardown = Self::close)]
struct Wide<T = u8, const SIZE: usize = 2>
where
    T: Default + Send + Sync + 'static,
{
    session: Depends<Session>,
    made: Depends<made<T>>,
}

impl<T: Default + Send + Sync, const SIZE: usize> Wide<T, SIZE> {
    async fn close(_wide: Depends<Self>, _outcome: Outcome) {}
}

#[dependency(singleton)]
fn made<T: Default + Send + Sync>() -> T {
    T::default()
}

#[handler]
fn read(wide: Depends<Wide>, other: Depends<Wide<u16, 3>>) -> u16 {
    u16::from(*wide.made + *wide.session.number) + *other.made
}

#[tokio::main]
async fn main() {
    let sum = App::new().run(read::handler, Call::new()).await;
    assert_eq!(sum.unwrap(), 1);
}
