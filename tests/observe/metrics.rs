//! What a recorder of the `metrics` facade is told.

use std::collections::BTreeMap;

use hueless::metrics::{Metrics, set_gauges};
use hueless::{App, BoxError, Call, Depends, Outcome, dependency, handler};
use metrics_util::debugging::{DebugValue, DebuggingRecorder, Snapshotter};

#[dependency(teardown = close)]
fn file() -> u8 {
    1
}

async fn close(_: Depends<file>, _: Outcome) {}

#[dependency]
async fn refused(_file: Depends<file>) -> Result<u8, BoxError> {
    Err("refused".into())
}

#[handler]
async fn read(file: Depends<file>) -> u8 {
    *file
}

#[handler]
async fn fails(refused: Depends<refused>) -> u8 {
    *refused
}

/// How often each name was told with its labels; the value itself of counters and gauges.
fn told(snapshotter: &Snapshotter) -> BTreeMap<String, f64> {
    let entries = snapshotter.snapshot().into_vec().into_iter();
    let entries = entries.map(|(key, _, _, value)| {
        let labels = key.key().labels();
        let labels: Vec<_> = labels
            .map(|label| format!("{}={}", label.key(), label.value()))
            .collect();
        let name = format!("{} {}", key.key().name(), labels.join(","));
        let value = match value {
            DebugValue::Counter(count) => f64::from(u32::try_from(count).expect("few")),
            DebugValue::Gauge(value) => value.into_inner(),
            DebugValue::Histogram(values) => f64::from(u32::try_from(values.len()).expect("few")),
        };
        (name.trim_end().to_owned(), value)
    });
    entries.collect()
}

#[test]
fn requests_nodes_endings_and_gauges_are_told_under_their_names() {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    recorder.install().expect("the only one");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let app = App::builder().explain(Metrics::new()).build();
    let app = app.expect("nothing is set wrongly");
    runtime.expect("a runtime starts").block_on(async {
        for _ in 0..2 {
            app.run(read::handler, Call::new())
                .await
                .expect("no failure");
        }
        assert!(app.run(fails::handler, Call::new()).await.is_err());
        let ended = app.shutdown(std::time::Duration::from_secs(20)).await;
        ended.expect("nothing goes on");
    });
    set_gauges(&app.stats());

    let told = told(&snapshotter);
    let expected = [
        ("hueless_requests handler=read,outcome=completed", 2.0),
        ("hueless_requests handler=fails,outcome=failed", 1.0),
        (
            "hueless_request_duration handler=read,outcome=completed",
            2.0,
        ),
        (
            "hueless_node_duration handler=read,node=file,colour=plain,fate=made",
            2.0,
        ),
        (
            "hueless_node_duration handler=fails,node=refused,colour=async,fate=failed",
            1.0,
        ),
        (
            "hueless_node_queued handler=read,node=file,colour=plain",
            2.0,
        ),
        ("hueless_node_busy handler=read,node=read,colour=async", 2.0),
        (
            "hueless_ending_duration handler=read,node=file,ending=teardown",
            2.0,
        ),
        ("hueless_hops", 3.0),
        ("hueless_seats", 0.0),
        ("hueless_overloads", 0.0),
    ];
    for (name, value) in expected {
        assert_eq!(told.get(name), Some(&value), "{name} in {told:#?}");
    }
    let is_of_the_skipped = |name: &&String| name.contains("node=fails");
    assert_eq!(told.keys().find(is_of_the_skipped), None, "it never ran");
}
