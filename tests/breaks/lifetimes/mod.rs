//! Values that outlive their request, end too early, are made twice, or are held for a stranger.

mod background;
mod cancelled;
mod construction;
mod five_ends;
mod guards;
mod holes;
mod layer;
mod layer_apps;
mod layer_ends;
mod layer_threads;
mod panics;
mod rejected;
mod replaced;
mod singletons;
mod uploads;

use hueless::{App, BoxError, Call, Invocation, Reply};

use crate::support::Signal;

/// Waits until the signal is given, and then gives the request up.
async fn give_up<H, M, R, T>(
    app: &App,
    handler: impl FnOnce(Invocation<H, Call, M>) -> T,
    until: &Signal,
) where
    T: Future<Output = Result<Reply<R>, BoxError>>,
{
    tokio::select! {
        biased;
        () = until.wait() => {}
        _ = app.run(handler, Call::new()) => panic!("the request is not done yet"),
    }
}
