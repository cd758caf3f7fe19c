//! What is to hold, and whether it does.

use crate::measure::QUIET;
use crate::report::{Figures, Row};

/// A figure, and what it has to be.
struct Target {
    what: &'static str,
    value: f64,
    limit: Limit,
    /// What the value was made from.
    from: Vec<Figures>,
}

enum Limit {
    AtMost(f64),
    AtLeast(f64),
}
use Limit::{AtLeast, AtMost};

/// Prints each target whose scenario was measured.
pub(crate) fn print(rows: &[Row]) {
    println!("\nTargets:");
    let targets = [
        hello(rows),
        plain(rows),
        inline_handler(rows),
        inline_dependency(rows),
        graph(rows),
        four(rows),
        blocking(rows),
        pings(rows),
    ];
    targets.iter().flatten().for_each(line);
}

fn line(target: &Target) {
    let value = target.value;
    let (met, relation, limit) = match target.limit {
        AtMost(limit) => (value <= limit, "at most", limit),
        AtLeast(limit) => (value >= limit, "at least", limit),
    };
    let met = if met { "met   " } else { "missed" };
    let noisy = target.from.iter().any(|one| one.others_percent > QUIET);
    let noisy = if noisy { " (others were at work)" } else { "" };
    println!(
        "- {met}  {}: {value:.2}, {relation} {limit:.2}{noisy}",
        target.what
    );
}

fn hello(rows: &[Row]) -> Option<Target> {
    let [ours, theirs] = figures(rows, "hello", ["hueless", "axum"])?;
    Some(Target {
        what: "an async handler: CPU to that of axum",
        value: ours.cpu_microseconds / theirs.cpu_microseconds,
        limit: AtMost(1.05),
        from: vec![ours, theirs],
    })
}

fn plain(rows: &[Row]) -> Option<Target> {
    let [ours, theirs] = figures(rows, "plain", ["hueless", "axum, spawn_blocking"])?;
    Some(Target {
        what: "a plain handler: CPU to that of axum with spawn_blocking",
        value: ours.cpu_microseconds / theirs.cpu_microseconds,
        limit: AtMost(0.9),
        from: vec![ours, theirs],
    })
}

fn inline_handler(rows: &[Row]) -> Option<Target> {
    let [ours, theirs] = figures(rows, "router", ["hueless, inline", "axum, async"])?;
    Some(Target {
        what: "an `inline` handler: nanoseconds more than axum's async one",
        value: 1e3 * (ours.cpu_microseconds - theirs.cpu_microseconds),
        limit: AtMost(100.0),
        from: vec![ours, theirs],
    })
}

fn inline_dependency(rows: &[Row]) -> Option<Target> {
    let [with, without] = figures(rows, "router", ["hueless, depends", "hueless, async"])?;
    Some(Target {
        what: "an `inline` dependency: nanoseconds more than without",
        value: 1e3 * (with.cpu_microseconds - without.cpu_microseconds),
        limit: AtMost(100.0),
        from: vec![with, without],
    })
}

fn graph(rows: &[Row]) -> Option<Target> {
    let [ours, theirs] = figures(rows, "graph", ["hueless", "axum, three hops"])?;
    Some(Target {
        what: "the graph: requests/s to those of three hops by hand",
        value: ours.requests_per_second / theirs.requests_per_second,
        limit: AtLeast(1.7),
        from: vec![ours, theirs],
    })
}

fn four(rows: &[Row]) -> Option<Target> {
    let [ours] = figures(rows, "four-once", ["hueless"])?;
    Some(Target {
        what: "four values of 20 ms: milliseconds for one request",
        value: ours.p50_milliseconds,
        limit: AtMost(22.0),
        from: vec![ours],
    })
}

fn blocking(rows: &[Row]) -> Option<Target> {
    let [ours, theirs] = figures(rows, "blocking", ["hueless", "axum, spawn_blocking"])?;
    Some(Target {
        what: "200 blocking connections: requests/s to those by hand",
        value: ours.requests_per_second / theirs.requests_per_second,
        limit: AtLeast(0.98),
        from: vec![ours, theirs],
    })
}

fn pings(rows: &[Row]) -> Option<Target> {
    let [ours, theirs] = figures(rows, "blocking", ["hueless", "axum, spawn_blocking"])?;
    Some(Target {
        what: "/ping beside them: milliseconds p99",
        value: ours.p99_milliseconds,
        limit: AtMost(f64::max(2.0, 1.5 * theirs.p99_milliseconds)),
        from: vec![ours, theirs],
    })
}

/// The figures of some contestants of a scenario, if it was measured.
fn figures<const N: usize>(
    rows: &[Row],
    scenario: &str,
    contestants: [&str; N],
) -> Option<[Figures; N]> {
    let of = |contestant| {
        let mut rows = rows.iter();
        let found = rows.find(|row| row.scenario == scenario && row.contestant == contestant);
        found.map(|row| row.figures)
    };
    let found: Option<Vec<Figures>> = contestants.into_iter().map(of).collect();
    found?.try_into().ok()
}
