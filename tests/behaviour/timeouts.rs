//! `timeout`, of dependencies and of handlers.

use hueless::{App, BoxError, Call, Failure, Invocation, Reply};

mod clock;
mod contexts;
mod dependencies;
mod handlers;
mod late;
mod races;
mod timers;

/// The failure that a handler is rejected with.
async fn failure<H, M, R, T>(
    app: &App,
    handler: impl FnOnce(Invocation<H, Call, M>) -> T,
) -> Failure
where
    T: Future<Output = Result<Reply<R>, BoxError>>,
{
    match app.run(handler, Call::new().with(1_u8)).await {
        Ok(_) => panic!("it was to be rejected"),
        Err(error) => *error.downcast().expect("a failure of hueless's own"),
    }
}
