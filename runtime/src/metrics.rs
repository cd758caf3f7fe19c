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
//! | `hueless_hops` | gauge | how often work has crossed to a thread | |
//! | `hueless_overloads` | gauge | how many requests were turned away | |
//! | `hueless_stalls` | gauge | how often a thread more was put to work | |
//! | `hueless_seats`, `hueless_waiting_for_seats` | gauge | requests | |
//! | `hueless_slots`, `hueless_waiting_for_slots` | gauge | values, requests | |
//! | `hueless_threads`, `hueless_working` | gauge | threads | |
//! | `hueless_waiting` | gauge | hops | |
//! | `hueless_past_cancellation` | gauge | functions | |
//!
//! The gauges are set by [`set_gauges`], which whoever exports calls when it does; the others by
//! [`Metrics`], when all of a request is over.

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
            Label::new("outcome", explanation.outcome().to_string()),
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
            Label::from_static_parts("node", node.name),
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
type Gauge = (&'static str, fn(&Stats) -> f64, &'static str);

/// How it stands with an app.
const GAUGES: [Gauge; 11] = [
    (
        "hueless_hops",
        |it| float(it.hops),
        "crossings to threads so far",
    ),
    (
        "hueless_overloads",
        |it| float(it.overloads),
        "requests turned away so far",
    ),
    (
        "hueless_stalls",
        |it| float(it.stalls),
        "threads added after stalls so far",
    ),
    (
        "hueless_seats",
        |it| size(it.seats),
        "requests that have a seat",
    ),
    (
        "hueless_waiting_for_seats",
        |it| size(it.waiting_for_seats),
        "requests that wait for a seat",
    ),
    (
        "hueless_slots",
        |it| size(it.slots),
        "values of limited dependencies",
    ),
    (
        "hueless_waiting_for_slots",
        |it| size(it.waiting_for_slots),
        "requests that wait for a slot",
    ),
    (
        "hueless_threads",
        |it| size(it.threads),
        "threads of the lane",
    ),
    ("hueless_working", |it| size(it.working), "threads at work"),
    (
        "hueless_waiting",
        |it| size(it.waiting),
        "hops that wait for a thread",
    ),
    (
        "hueless_past_cancellation",
        |it| size(it.past_cancellation),
        "functions that run for requests given up",
    ),
];

/// Sets the gauges to how it stands with an app.
///
/// ```
/// use hueless::App;
///
/// let app = App::new();
/// hueless::metrics::set_gauges(&app.stats());
/// ```
pub fn set_gauges(stats: &Stats) {
    for (name, value, _) in GAUGES {
        gauge!(name).set(value(stats));
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
    for (name, _, text) in GAUGES {
        metrics::describe_gauge!(name, Unit::Count, text);
    }
}

/// Gauges are floats, in which large counts lose their last digits.
#[expect(clippy::cast_precision_loss, reason = "gauges are floats")]
fn float(count: u64) -> f64 {
    count as f64
}

#[expect(clippy::cast_precision_loss, reason = "gauges are floats")]
fn size(count: usize) -> f64 {
    count as f64
}
