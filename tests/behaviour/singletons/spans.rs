//! What the flight of a singleton looks like to a subscriber.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hueless::{App, Call, Depends, dependency, handler};
use tracing::span;
use tracing::{Instrument, Metadata};
use tracing_core::span::Current;

/// All that happens to spans, on the one thread of this test.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Seen>>);

#[derive(Default)]
struct Seen {
    /// By number, from 1; and whether it has no parent.
    spans: Vec<(&'static Metadata<'static>, bool)>,
    /// Which one follows from which.
    follow: Vec<(usize, usize)>,
}

thread_local! {
    static ENTERED: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// The number of the innermost span that is entered.
fn here() -> Option<usize> {
    ENTERED.with_borrow(|entered| entered.last().copied())
}

fn number(id: &span::Id) -> usize {
    usize::try_from(id.into_u64()).expect("there are few spans")
}

impl Spans {
    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl tracing::Subscriber for Spans {
    /// Those of nodes stand between a request and what it makes.
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() != "hueless::node"
    }
    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let spans = &mut self.seen().spans;
        spans.push((attributes.metadata(), attributes.is_root()));
        span::Id::from_u64(spans.len() as u64)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, span: &span::Id, follows: &span::Id) {
        self.seen().follow.push((number(span), number(follows)));
    }
    fn event(&self, _: &tracing::Event<'_>) {}
    fn enter(&self, id: &span::Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(number(id)));
    }
    fn exit(&self, _: &span::Id) {
        ENTERED.with_borrow_mut(Vec::pop);
    }
    fn current_span(&self) -> Current {
        match here() {
            Some(number) => Current::new(
                span::Id::from_u64(number as u64),
                self.seen().spans[number - 1].0,
            ),
            None => Current::none(),
        }
    }
}

#[test]
fn it_is_made_in_a_span_of_its_own_that_follows_from_who_needed_it() {
    #[dependency(singleton)]
    async fn config() -> Option<usize> {
        tokio::task::yield_now().await;
        here()
    }
    #[dependency(singleton)]
    async fn pool(config: Depends<config>) -> [Option<usize>; 2] {
        [here(), *config]
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> [Option<usize>; 3] {
        let [pool, config] = *pool;
        [here(), pool, config]
    }

    // Else an event that another thread comes to first is taken for one that nobody listens to.
    crate::heard::listen();
    let spans = Spans::default();
    let _installed = tracing::subscriber::set_default(spans.clone());
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let entered = runtime.build().expect("a runtime starts").block_on(async {
        let span = tracing::info_span!("request");
        let request = App::new().run(read::handler, Call::new());
        request.instrument(span).await.expect("nothing fails")
    });
    let [Some(request), Some(pool), Some(config)] = entered else {
        panic!("each is in a span: {entered:?}");
    };
    let seen = spans.seen();
    let name = |number: usize| seen.spans[number - 1].0.name();
    assert_eq!(name(request), "request");
    for flight in [pool, config] {
        assert_eq!(name(flight), "singleton");
        assert!(seen.spans[flight - 1].1, "it has no parent");
    }
    assert_eq!(seen.follow, [(pool, request), (config, pool)]);
}
