//! What others are told of requests: a span for each node, as OpenTelemetry gets it, with an exporter
//! in memory in the place of a real one; and [metrics].

mod metrics;

use std::sync::OnceLock;

use hueless::{App, BoxError, Call, Depends, dependency, handler};
use opentelemetry::trace::{SpanId, Status, TracerProvider};
use opentelemetry_sdk::trace::{InMemorySpanExporter, SdkTracerProvider, SpanData};
use tracing::Instrument;
use tracing_subscriber::layer::SubscriberExt;

/// What was exported, in the order in which it ended.
struct Exported(Vec<SpanData>);

impl Exported {
    fn named(&self, name: &str) -> &SpanData {
        let mut spans = self.0.iter();
        let named = spans.find(|span| span.name == name);
        named.unwrap_or_else(|| panic!("no span `{name}` in {:?}", self.0))
    }

    fn id(&self, name: &str) -> SpanId {
        self.named(name).span_context.span_id()
    }

    /// What a span says under a key.
    fn said(&self, name: &str, key: &str) -> Option<String> {
        let mut attributes = self.named(name).attributes.iter();
        let attribute = attributes.find(|attribute| attribute.key.as_str() == key);
        attribute.map(|attribute| attribute.value.to_string())
    }
}

/// Where all tests export to: threads of the lane have the subscriber of the process.
fn exporter() -> &'static (InMemorySpanExporter, SdkTracerProvider) {
    static EXPORTER: OnceLock<(InMemorySpanExporter, SdkTracerProvider)> = OnceLock::new();
    EXPORTER.get_or_init(|| {
        let exporter = InMemorySpanExporter::default();
        let provider = SdkTracerProvider::builder()
            .with_simple_exporter(exporter.clone())
            .build();
        let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("tests"));
        let subscriber = tracing_subscriber::registry().with(layer);
        tracing::subscriber::set_global_default(subscriber).expect("the only one");
        (exporter, provider)
    })
}

/// Runs what is asked within a span `request` of that name, and returns what was exported of it.
fn export<T>(name: &str, request: impl Future<Output = T>) -> (T, Exported) {
    let (exporter, provider) = exporter();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    let runtime = runtime.expect("a runtime starts");
    let span = tracing::info_span!("request", otel.name = name);
    let result = runtime.block_on(request.instrument(span));
    drop(runtime);
    provider.force_flush().expect("it is in memory");
    let mut spans = exporter.get_finished_spans().expect("it is in memory");
    let request = spans.iter().find(|span| span.name == name);
    let trace = request.expect("it has ended").span_context.trace_id();
    spans.retain(|span| span.span_context.trace_id() == trace);
    (result, Exported(spans))
}

#[dependency]
fn session() -> u8 {
    tracing::info_span!("query").in_scope(|| 1)
}

#[dependency]
async fn user(session: Depends<session>) -> u8 {
    tokio::task::yield_now().await;
    *session + 1
}

#[handler]
fn show(user: Depends<user>) -> u8 {
    *user + 1
}

#[test]
fn each_node_is_a_span_of_its_request_on_whatever_thread() {
    let (answer, exported) = export("parents", async {
        let answer = App::new().run(show::handler, Call::new()).await;
        answer.expect("no failure")
    });
    assert_eq!(answer, 3);
    let request = exported.id("parents");
    for node in ["session", "user", "show"] {
        assert_eq!(exported.named(node).parent_span_id, request, "{node}");
    }
    // What a node does is below it.
    assert_eq!(
        exported.named("query").parent_span_id,
        exported.id("session")
    );
    assert_eq!(exported.0.len(), 5);
}

#[test]
fn it_says_its_colour_its_hop_its_time_in_the_queue_and_its_outcome() {
    let (_, exported) = export("fields", App::new().run(show::handler, Call::new()));
    let said = |key| ["session", "user", "show"].map(|node| exported.said(node, key));
    let words = |words: [&str; 3]| words.map(|word| Some(word.to_owned()));
    assert_eq!(said("colour"), words(["plain", "async", "plain"]));
    assert_eq!(said("outcome"), words(["completed"; 3]));
    assert_eq!(said("hop")[0].as_deref(), Some("1"));
    assert_eq!(said("hop")[2].as_deref(), Some("2"));
    let [queued, _, _] = said("queued_us");
    assert!(queued.is_some_and(|micros| micros.parse::<u64>().is_ok()));
}

#[test]
fn what_follows_on_a_thread_has_not_queued_for_it() {
    #[dependency]
    fn first() -> u8 {
        std::thread::sleep(std::time::Duration::from_millis(50));
        1
    }
    #[dependency]
    fn second(first: Depends<first>) -> u8 {
        *first
    }
    #[handler]
    fn chain(second: Depends<second>) -> u8 {
        *second
    }

    let (_, exported) = export("chain", App::new().run(chain::handler, Call::new()));
    for node in ["second", "chain"] {
        assert_eq!(exported.said(node, "hop").as_deref(), Some("1"));
        let queued = exported.said(node, "queued_us").expect("it crossed");
        let queued: u64 = queued.parse().expect("a number");
        // It was not there before the first one had slept.
        assert!(queued < 50_000, "{node} has queued for {queued} µs");
    }
}

#[test]
fn what_is_dropped_on_the_way_says_so() {
    #[dependency]
    async fn endless() -> u8 {
        std::future::pending().await
    }
    #[handler(timeout = "10ms")]
    async fn waits(endless: Depends<endless>) -> u8 {
        *endless
    }

    let (rejected, exported) = export("dropped", App::new().run(waits::handler, Call::new()));
    assert!(rejected.is_err());
    let outcome = exported.said("endless", "outcome");
    assert_eq!(outcome.as_deref(), Some("cancelled"));
}

#[test]
fn how_a_node_failed_is_said_too() {
    #[dependency]
    async fn token() -> Result<u8, BoxError> {
        Err("no token".into())
    }
    #[handler]
    async fn fails(token: Depends<token>) -> u8 {
        *token
    }
    #[handler]
    fn panics() {
        panic!("on purpose");
    }

    let (rejected, exported) = export("fails", App::new().run(fails::handler, Call::new()));
    assert!(rejected.is_err());
    assert_eq!(exported.said("token", "outcome").as_deref(), Some("failed"));
    let status = &exported.named("token").status;
    assert!(matches!(status, Status::Error { .. }), "{status:?}");
    assert_eq!(exported.0.len(), 2, "what never began has no span");

    let (rejected, exported) = export("panicking", App::new().run(panics::handler, Call::new()));
    assert!(rejected.is_err());
    assert_eq!(
        exported.said("panics", "outcome").as_deref(),
        Some("panicked")
    );
}
