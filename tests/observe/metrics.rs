//! What a recorder of the `metrics` facade is told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Barrier;
use std::time::Duration;

use hueless::metrics::{Metrics, tell_stats};
use hueless::{App, BoxError, Call, Depends, Outcome, dependency, handler};
use metrics::Unit;
use metrics_util::MetricKind;
use metrics_util::debugging::{DebugValue, DebuggingRecorder};

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

/// It has begun, and may end.
static HELD: [Barrier; 2] = [const { Barrier::new(2) }; 2];

#[handler]
fn hold() {
    for barrier in &HELD {
        barrier.wait();
    }
}

/// What a recorder was told under a name and labels.
struct Told {
    metric: Metric,
    labels: String,
    /// How often, for a histogram.
    value: f64,
}

/// A name, what it is, its unit, and what tells its series apart.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Metric {
    name: String,
    kind: &'static str,
    in_seconds: bool,
    labels: Vec<String>,
}

/// Has an app answer, fail and turn away requests. Returns all that the recorder was told.
fn exercise() -> Vec<Told> {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    recorder.install().expect("the only one");
    let builder = App::builder().seats(1).queue_limit(0);
    let app = builder.explain(Metrics::new()).build();
    let app = app.expect("nothing is set wrongly");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime starts").block_on(async {
        for _ in 0..2 {
            let answer = app.run(read::handler, Call::new()).await;
            answer.expect("no failure");
        }
        assert!(app.run(fails::handler, Call::new()).await.is_err());
        let held = tokio::spawn(app.run(hold::handler, Call::new()));
        tokio::task::block_in_place(|| HELD[0].wait());
        assert!(app.run(hold::handler, Call::new()).await.is_err());
        HELD[1].wait();
        let held = held.await.expect("it does not panic");
        held.expect("no failure");
        let ended = app.shutdown(Duration::from_secs(20)).await;
        ended.expect("nothing goes on");
        assert!(app.run(read::handler, Call::new()).await.is_err());
    });
    tell_stats(&app.stats());
    let told = snapshotter.snapshot().into_vec().into_iter();
    let told = told.map(|(key, unit, description, value)| {
        let (kind, key) = key.into_parts();
        assert!(description.is_some(), "{key} is described");
        let labels = key.labels().map(|label| (label.key(), label.value()));
        let labels: Vec<_> = labels.collect();
        Told {
            metric: Metric {
                name: key.name().to_owned(),
                kind: match kind {
                    MetricKind::Counter => "counter",
                    MetricKind::Gauge => "gauge",
                    MetricKind::Histogram => "histogram",
                },
                in_seconds: unit == Some(Unit::Seconds),
                labels: labels.iter().map(|(key, _)| (*key).to_owned()).collect(),
            },
            labels: labels
                .iter()
                .map(|(key, value)| format!("{key}={value}"))
                .collect::<Vec<_>>()
                .join(","),
            value: match value {
                DebugValue::Counter(count) => f64::from(u32::try_from(count).expect("few")),
                DebugValue::Gauge(value) => value.into_inner(),
                DebugValue::Histogram(values) => {
                    f64::from(u32::try_from(values.len()).expect("few"))
                }
            },
        }
    });
    told.collect()
}

/// The table of the module's documentation.
fn documented() -> BTreeSet<Metric> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src/metrics.rs");
    let source = std::fs::read_to_string(source).expect("the source can be read");
    let rows = source
        .lines()
        .filter_map(|line| line.strip_prefix("//! | `"));
    let metrics = rows.flat_map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [names, kind, counts, labels, ..] = cells[..] else {
            panic!("`{row}` has four columns");
        };
        let kind = ["counter", "gauge", "histogram"]
            .into_iter()
            .find(|known| *known == kind);
        let in_seconds = counts.starts_with("seconds");
        let labels = labels
            .split(',')
            .map(|label| label.trim().trim_matches('`'));
        let labels: Vec<String> = labels
            .filter(|label| !label.is_empty())
            .map(str::to_owned)
            .collect();
        let names = names.split(',').map(|name| name.trim().trim_matches('`'));
        let names: Vec<String> = names.map(str::to_owned).collect();
        names.into_iter().map(move |name| Metric {
            name,
            kind: kind.expect("it is one of three"),
            in_seconds,
            labels: labels.clone(),
        })
    });
    metrics.collect()
}

#[test]
fn what_is_told_is_what_is_documented() {
    let told = exercise();
    let values: BTreeMap<String, f64> = told
        .iter()
        .map(|told| (format!("{} {}", told.metric.name, told.labels), told.value))
        .collect();
    let expected = [
        ("hueless_requests handler=read,outcome=completed", 2.0),
        ("hueless_requests handler=read,outcome=refused", 1.0),
        ("hueless_requests handler=fails,outcome=failed", 1.0),
        ("hueless_requests handler=hold,outcome=completed", 1.0),
        ("hueless_requests handler=hold,outcome=refused", 1.0),
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
        ("hueless_hops ", 4.0),
        ("hueless_seats ", 0.0),
        ("hueless_overloads ", 1.0),
    ];
    for (name, value) in expected {
        assert_eq!(values.get(name), Some(&value), "{name} in {values:#?}");
    }
    let is_of_the_skipped = |name: &&String| name.contains("node=fails");
    assert_eq!(values.keys().find(is_of_the_skipped), None, "it never ran");

    let told: BTreeSet<Metric> = told.into_iter().map(|told| told.metric).collect();
    assert_eq!(told, documented());
}
