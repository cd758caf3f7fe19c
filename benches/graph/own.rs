//! The crate itself as a competitor.

use futures_util::FutureExt;
use hueless::{App, BoxError, Call, Invocation, Reply};
use hueless_benches::Competitor;
use hueless_benches::seven::values::ANSWER;

pub(crate) const OWN: &str = "hueless";

/// What a wrapper returns.
type Replied = Result<Reply<u64>, BoxError>;

/// A handler, run in an app of its own.
pub(crate) fn competitor<H, F, T>(name: &str, app: App, handler: F) -> Competitor
where
    H: 'static,
    F: Fn(Invocation<H, Call, ()>) -> T + Clone + Send + 'static,
    T: Future<Output = Replied> + Send + 'static,
{
    Competitor::new(name, ANSWER, move || {
        // An async block would hold the future twice: as what it captures, and as what it awaits.
        let answer = app.run(handler.clone(), Call::new());
        answer.map(Result::unwrap_or_default)
    })
}

/// An app that resolves one node at a time.
pub(crate) fn sequential() -> App {
    let app = App::builder().sequential().build();
    app.expect("nothing of it can be wrong")
}
