//! The request's span and the declared task-locals, on every thread that works for it.

use std::sync::{Arc, Mutex, PoisonError};

use hueless::{App, Call, Depends, PollOnLane, dependency, handler};
use tracing::span;

use crate::support::on_each_runtime;

tokio::task_local! {
    static TENANT: String;
    static UNDECLARED: u8;
}

fn tenant() -> String {
    TENANT
        .try_with(Clone::clone)
        .unwrap_or_else(|_| "none".to_owned())
}

#[dependency]
fn on_lane() -> String {
    tenant()
}
#[dependency]
async fn polled_there(_on_lane: Depends<on_lane>) -> String {
    tenant()
}
#[dependency(cpu)]
fn on_cpu() -> String {
    tenant()
}
#[dependency(inline)]
fn in_place() -> String {
    tenant()
}
#[handler]
fn tenants(
    on_lane: Depends<on_lane>,
    polled_there: Depends<polled_there>,
    on_cpu: Depends<on_cpu>,
    in_place: Depends<in_place>,
) -> [String; 5] {
    [
        tenant(),
        on_lane.clone_value(),
        polled_there.clone_value(),
        on_cpu.clone_value(),
        in_place.clone_value(),
    ]
}

trait CloneValue {
    fn clone_value(&self) -> String;
}

impl<T: std::ops::Deref<Target = String>> CloneValue for T {
    fn clone_value(&self) -> String {
        (**self).clone()
    }
}

#[test]
fn declared_task_locals_are_set_on_every_thread() {
    on_each_runtime(|| async {
        for app in [
            App::builder()
                .propagate(&TENANT)
                .poll_on_lane(PollOnLane::Always)
                .build(),
            App::builder()
                .propagate(&UNDECLARED)
                .propagate(&TENANT)
                .sequential()
                .build(),
        ] {
            let request = app.run(tenants::handler, Call::new());
            let seen = TENANT.scope("acme".to_owned(), request).await.unwrap();
            assert_eq!(seen, ["acme"; 5]);

            let seen = app.run(tenants::handler, Call::new()).await.unwrap();
            assert_eq!(seen, ["none"; 5], "what is not set stays so");
        }
    });
}

/// Says which span each event is in.
struct Spans(Mutex<Vec<(u64, &'static str)>>);

thread_local! {
    static ENTERED: std::cell::RefCell<Vec<u64>> = const { std::cell::RefCell::new(Vec::new()) };
}

impl tracing::Subscriber for Spans {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut spans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = spans.len() as u64 + 1;
        spans.push((id, attributes.metadata().name()));
        span::Id::from_u64(id)
    }
    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, _: &tracing::Event<'_>) {}
    fn enter(&self, id: &span::Id) {
        ENTERED.with_borrow_mut(|entered| entered.push(id.into_u64()));
    }
    fn exit(&self, _: &span::Id) {
        ENTERED.with_borrow_mut(Vec::pop);
    }
    fn current_span(&self) -> tracing_core::span::Current {
        let Some(id) = ENTERED.with_borrow(|entered| entered.last().copied()) else {
            return tracing_core::span::Current::none();
        };
        tracing_core::span::Current::new(span::Id::from_u64(id), metadata())
    }
}

fn metadata() -> &'static tracing::Metadata<'static> {
    static SPAN: std::sync::OnceLock<tracing::Span> = std::sync::OnceLock::new();
    SPAN.get_or_init(|| tracing::info_span!("for its metadata"))
        .metadata()
        .expect("it is enabled")
}

#[test]
fn the_requests_span_is_entered_on_every_thread() {
    use tracing::Instrument;

    fn here() -> Option<u64> {
        ENTERED.with_borrow(|entered| entered.last().copied())
    }
    #[dependency]
    fn on_lane() -> Option<u64> {
        here()
    }
    #[dependency(cpu)]
    fn on_cpu() -> Option<u64> {
        here()
    }
    #[handler]
    async fn spans(on_lane: Depends<on_lane>, on_cpu: Depends<on_cpu>) -> [Option<u64>; 3] {
        [here(), *on_lane, *on_cpu]
    }

    let subscriber = Arc::new(Spans(Mutex::default()));
    tracing::subscriber::set_global_default(Arc::clone(&subscriber)).expect("the only one");
    on_each_runtime(|| async {
        let span = tracing::info_span!("request");
        let id = span.id().map(|id| id.into_u64());
        assert!(id.is_some());
        let seen = App::new()
            .run(spans::handler, Call::new())
            .instrument(span)
            .await
            .unwrap();
        assert_eq!(seen, [id; 3]);
    });
}
