//! What requests do, told to the `metrics` facade, and so to whatever recorder the program installs.
//!
//! | name | kind | unit | labels |
//! |---|---|---|---|
//! | `hueless_requests` | counter | | `handler`, `outcome` |
//! | `hueless_request_duration` | histogram | seconds until the answer | `handler`, `outcome` |
//! | `hueless_node_duration` | histogram | seconds from the beginning of a node to its end | `handler`, `node`, `colour`, `fate` |
//! | `hueless_node_queued` | histogram | seconds that a node was ready and no thread had come to it | `handler`, `node`, `colour` |
//! | `hueless_node_busy` | histogram | seconds that it held a thread | `handler`, `node`, `colour` |
//! | `hueless_ending_duration` | histogram | seconds that a teardown took | `handler`, `node`, `ending` |
//! | `hueless_hops` | counter | crossings to a thread | |
//! | `hueless_overloads` | counter | requests turned away because the lane was full | |
//! | `hueless_stalls` | counter | threads put to work after a stall | |
//! | `hueless_seats`, `hueless_waiting_for_seats` | gauge | requests | |
//! | `hueless_slots`, `hueless_waiting_for_slots` | gauge | values, requests | |
//! | `hueless_threads`, `hueless_working` | gauge | threads | |
//! | `hueless_waiting` | gauge | hops | |
//! | `hueless_past_cancellation` | gauge | functions | |
//!
//! How it stands with an app, from `hueless_hops` on, is told by [`tell_stats`], which whoever exports
//! calls when it does: of one app, for these have no labels. The others are told by [`Metrics`], when all
//! of a request is over. The `outcome` of a request is `completed`, `failed`, `cancelled`, `panicked`, or
//! `refused` if it was turned away before anything of it ran. A `node` is called as others of its name are
//! told apart: with generic arguments, with what replaces it, and as `slot of …` where it takes a slot.
//!
//! ```
//! use hueless::App;
//! use hueless::metrics::{Metrics, tell_stats};
//!
//! // After the recorder is installed:
//! let app = App::builder().explain(Metrics::new()).build()?;
//! // Each time before the numbers are read:
//! tell_stats(&app.stats());
//! # Ok::<(), hueless::PlanError>(())
//! ```

use std::sync::Arc;

use metrics::{Label, Unit, counter, gauge, histogram};

use crate::app::Stats;
use crate::explain::{ExplainedNode, Explanation, Sampler};

/// Tells what each request did, when all of it is over.
///
/// ```
/// use hueless::App;
/// use hueless::metrics::Metrics;
///
/// let app = App::builder().explain(Metrics::new()).build()?;
/// # drop(app);
/// # Ok::<(), hueless::PlanError>(())
/// ```
///
/// Each request is written down for that, which takes a few microseconds.
#[derive(Debug, Clone, Copy)]
pub struct Metrics(());

impl Metrics {
    /// Describes all of the names above to the recorder that is installed, with their units. Install
    /// one before.
    #[must_use]
    pub fn new() -> Self {
        describe();
        Self(())
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self::new()
    }
}

impl Sampler for Metrics {
    fn wants(&self, _handler: &'static str) -> bool {
        true
    }

    fn take(&self, explanation: Explanation) {
        let handler = explanation.handler();
        let request = vec![
            Label::from_static_parts("handler", handler),
            Label::new("outcome", explanation.end()),
        ];
        counter!("hueless_requests", request.clone()).increment(1);
        let took = explanation.answered().unwrap_or(explanation.over());
        histogram!("hueless_request_duration", request).record(took);
        for node in explanation.nodes() {
            tell_node(handler, node);
        }
    }
}

fn tell_node(handler: &'static str, node: &ExplainedNode) {
    let labels = || {
        vec![
            Label::from_static_parts("handler", handler),
            Label::new("node", Arc::clone(&node.label)),
        ]
    };
    let coloured = || {
        let colour = Label::new("colour", node.colour.to_string());
        labels().into_iter().chain([colour]).collect::<Vec<Label>>()
    };
    if let Some(queued) = node.queued() {
        histogram!("hueless_node_queued", coloured()).record(queued);
    }
    if let Some(took) = node.took() {
        let mut labels = coloured();
        labels.push(Label::new("fate", node.fate.to_string()));
        histogram!("hueless_node_duration", labels).record(took);
        histogram!("hueless_node_busy", coloured()).record(node.busy);
    }
    let endings = [
        ("teardown", &node.teardown),
        ("after_response", &node.after_response),
    ];
    for (name, ending) in endings {
        if let Some(ending) = ending {
            let mut labels = labels();
            labels.push(Label::from_static_parts("ending", name));
            histogram!("hueless_ending_duration", labels).record(ending.took());
        }
    }
}

/// A name, how it is read, and what it counts.
type Count<N> = (&'static str, fn(&Stats) -> N, &'static str);

/// What an app has done so far.
const COUNTERS: [Count<u64>; 3] = [
    ("hueless_hops", |it| it.hops, "crossings to a thread"),
    (
        "hueless_overloads",
        |it| it.overloads,
        "requests turned away because the lane was full",
    ),
    (
        "hueless_stalls",
        |it| it.stalls,
        "threads put to work after a stall",
    ),
];

/// How it stands with an app.
const GAUGES: [Count<usize>; 8] = [
    ("hueless_seats", |it| it.seats, "requests that have a seat"),
    (
        "hueless_waiting_for_seats",
        |it| it.waiting_for_seats,
        "requests that wait for a seat",
    ),
    (
        "hueless_slots",
        |it| it.slots,
        "values of limited dependencies",
    ),
    (
        "hueless_waiting_for_slots",
        |it| it.waiting_for_slots,
        "requests that wait for a slot",
    ),
    ("hueless_threads", |it| it.threads, "threads of the lane"),
    ("hueless_working", |it| it.working, "threads at work"),
    (
        "hueless_waiting",
        |it| it.waiting,
        "hops that wait for a thread",
    ),
    (
        "hueless_past_cancellation",
        |it| it.past_cancellation,
        "functions that run for requests given up",
    ),
];

/// Tells what an app has done so far, and how it stands with it.
///
/// ```
/// use hueless::App;
///
/// let app = App::new();
/// hueless::metrics::tell_stats(&app.stats());
/// ```
pub fn tell_stats(stats: &Stats) {
    for (name, value, _) in COUNTERS {
        counter!(name).absolute(value(stats));
    }
    for (name, value, _) in GAUGES {
        gauge!(name).set(float(value(stats)));
    }
}

fn describe() {
    metrics::describe_counter!("hueless_requests", Unit::Count, "requests that are over");
    let histograms = [
        ("hueless_request_duration", "until the answer"),
        (
            "hueless_node_duration",
            "from the beginning of a node to its end",
        ),
        (
            "hueless_node_queued",
            "a node was ready and no thread had come to it",
        ),
        ("hueless_node_busy", "a node held a thread"),
        ("hueless_ending_duration", "what ends a value took"),
    ];
    for (name, text) in histograms {
        metrics::describe_histogram!(name, Unit::Seconds, text);
    }
    for (name, _, text) in COUNTERS {
        metrics::describe_counter!(name, Unit::Count, text);
    }
    for (name, _, text) in GAUGES {
        metrics::describe_gauge!(name, Unit::Count, text);
    }
}

/// Gauges are floats, in which large counts lose their last digits.
#[expect(clippy::cast_precision_loss, reason = "gauges are floats")]
fn float(count: usize) -> f64 {
    count as f64
}
