//! What names a function that ends a value.
#![deny(warnings)]

use std::future::Future;
use std::pin::Pin;

use hueless::{App, Call, Depends, Outcome, Provider, dependency, handler};

mod endings {
    use hueless::{Depends, Outcome};

    pub(crate) fn close(_db: Depends<super::db>, _outcome: Outcome) {}
}

#[dependency(teardown = endings::close, after_response = r#move)]
fn db() -> u8 {
    1
}

fn r#move(_db: Depends<db>, _outcome: Outcome) {}

// A function for all values.
#[dependency(teardown = any, after_response = self::any::<boxed>)]
fn boxed() -> Result<u8, String> {
    Ok(2)
}

fn any<D: Provider>(_value: Depends<D>, _outcome: Outcome) {}

// A pointer to a function, here to a closure.
#[dependency(teardown = POINTER, after_response = POINTERS::<1>::FIRST)]
async fn pointed() -> u8 {
    3
}

const POINTER: fn(Depends<pointed>, Outcome) = |_pointed, _outcome| {};

struct POINTERS<const N: usize>;

impl<const N: usize> POINTERS<N> {
    const FIRST: fn(Depends<pointed>, Outcome) -> Boxed = |_pointed, _outcome| Box::pin(async {});
}

type Boxed = Pin<Box<dyn Future<Output = ()> + Send>>;

// What a trait has.
#[dependency(teardown = <Closes<u8, 2> as Ends>::end, after_response = Closes::<u8, 1>::end)]
fn ended() -> u8 {
    4
}

struct Closes<T, const N: usize>(T);

trait Ends: Sized {
    fn end(ended: Depends<ended>, outcome: Outcome);
}

impl<T, const N: usize> Ends for Closes<T, N> {
    fn end(_ended: Depends<ended>, _outcome: Outcome) {}
}

#[handler]
fn read(
    db: Depends<db>,
    boxed: Depends<boxed>,
    pointed: Depends<pointed>,
    ended: Depends<ended>,
) -> u8 {
    *db + *boxed + *pointed + *ended
}

#[tokio::main]
async fn main() {
    let _ = Closes::<u8, 1>(1).0;
    let sum = App::new().run(read::handler, Call::new()).await;
    assert_eq!(sum.unwrap(), 10);
}
