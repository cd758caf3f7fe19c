//! The request's span and the declared task-locals, on every thread that works for it.

use hueless::{App, Call, Depends, PollOnLane, dependency, handler};

use crate::heard::{self, span_here};
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
                .build()
                .expect("nothing is set wrongly"),
            App::builder()
                .propagate(&UNDECLARED)
                .propagate(&TENANT)
                .sequential()
                .build()
                .expect("nothing is set wrongly"),
        ] {
            let request = app.run(tenants::handler, Call::new());
            let seen = TENANT.scope("acme".to_owned(), request).await.unwrap();
            assert_eq!(seen, ["acme"; 5]);

            let seen = app.run(tenants::handler, Call::new()).await.unwrap();
            assert_eq!(seen, ["none"; 5], "what is not set stays so");
        }
    });
}

#[test]
fn the_requests_span_is_entered_on_every_thread() {
    use tracing::Instrument;

    #[dependency]
    fn on_lane() -> Option<u64> {
        span_here()
    }
    #[dependency(cpu)]
    fn on_cpu() -> Option<u64> {
        span_here()
    }
    #[handler]
    async fn spans(on_lane: Depends<on_lane>, on_cpu: Depends<on_cpu>) -> [Option<u64>; 3] {
        [span_here(), *on_lane, *on_cpu]
    }

    heard::listen();
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
