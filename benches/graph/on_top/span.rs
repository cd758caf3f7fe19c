//! The requests are made in a span, which is entered wherever something of them runs.

use hueless::{App, BoxError, Call, Invocation, Reply};
use hueless_benches::Competitor;
use hueless_benches::seven::values::ANSWER;
use std::hint::black_box;
use tracing::instrument::WithSubscriber;
use tracing::{Instrument, info_span};
use tracing_subscriber::Registry;

/// A handler, run in one span for all requests of a batch.
pub(super) fn around<H, F, T>(name: &str, handler: F) -> Competitor
where
    H: 'static,
    F: Fn(Invocation<H, Call, ()>) -> T + Clone + Send + 'static,
    T: Future<Output = Result<Reply<u64>, BoxError>> + Send + 'static,
{
    let app = App::new();
    let competitor = Competitor::batches(name, ANSWER, move |times| {
        let (app, handler) = (app.clone(), handler.clone());
        let requests = async move {
            let mut last = 0;
            for _ in 0..times {
                let answer = app.run(handler.clone(), Call::new()).await;
                last = black_box(answer.unwrap_or_default());
            }
            last
        };
        // Only while they are made: others would pay for a subscriber that is there.
        async { requests.instrument(info_span!("requests")).await }
            .with_subscriber(Registry::default())
    });
    competitor.note("of a `tracing_subscriber::Registry`; making the span is not included")
}
