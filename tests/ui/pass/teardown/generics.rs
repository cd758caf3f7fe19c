//! Generic dependencies, and the errors of generic dependencies.
#![deny(warnings)]

use hueless::{App, Call, Depends, Outcome, dependency, handler};

trait Backend: Send + Sync + 'static {
    type Error: Send + 'static;
    const NAME: &'static str;
}

struct Postgres;

impl Backend for Postgres {
    type Error = String;
    const NAME: &'static str = "postgres";
}

#[dependency(teardown = close::<B>, after_response = release)]
async fn repo<B: Backend>() -> Result<&'static str, B::Error> {
    Ok(B::NAME)
}

fn close<B: Backend>(_repo: Depends<repo<B>>, _outcome: Outcome) -> Result<(), B::Error> {
    Ok(())
}

async fn release<B: Backend>(_repo: Depends<repo<B>>, _outcome: Outcome) {}

// Names that generated code would take otherwise.
#[dependency(teardown = C::end::<M, 3>)]
fn made<C: Ends>() -> Result<u8, C> {
    Ok(1)
}

struct M;

trait Ends: Sized + Send + 'static {
    fn end<T, const N: usize>(_made: Depends<made<Self>>, _outcome: Outcome) -> Result<(), Self> {
        Ok(())
    }
}

impl Ends for String {}

#[handler]
fn read(repo: Depends<repo<Postgres>>, made: Depends<made<String>>) -> usize {
    repo.len() + usize::from(*made)
}

#[tokio::main]
async fn main() {
    let _ = M;
    let length = App::new().run(read::handler, Call::new()).await;
    assert_eq!(length.unwrap(), 9);
}
