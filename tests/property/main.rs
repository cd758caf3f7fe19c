//! What has to hold of any graph, whoever runs it and however its requests end.
//!
//! Graphs of up to 40 dependencies are drawn: of any colour and lifetime; nodes that wait, fail, panic
//! and take too long; values read from the context; guards, `requires`, `after` and `executor`;
//! teardowns and what comes after the response, async and plain, which fail as well; nodes that
//! stand for others. An oracle that shares nothing with the plans works out what has to come of each.
//! Then an app is given several requests, some at the same time, some given up at any point, and is
//! shut down.
//!
//! 1. The sequential executor has to do exactly what the oracle says, one node after the other in
//!    declaration order.
//! 2. The concurrent one has to give the same answer, to start a node only after what it waits for, to
//!    overtake no guard, to run each node at most once, and to have made what the sequential one
//!    made. A rejection waits for no node that says it cannot fail, so such a node may be missing,
//!    and its panic may come too late to count.
//! 3. With both, every value is ended once, in reverse declaration order, told how the request ended,
//!    never while a node runs that may use it, and never dropped half-way; a singleton is made once
//!    for the app, and ended when everything else is; and nothing is left behind.
//!
//! A failure prints the seed and the shrunk graph. `PROPERTY_SEED` repeats it, `PROPERTY_GRAPHS`
//! says how many graphs each test draws.

mod catalogue;
mod check;
mod code;
mod context;
mod declare;
mod draw;
mod ending;
mod gate;
mod give_up;
mod graph;
mod job;
mod log;
mod numbers;
mod oracle;
mod play;
mod scene;

use std::cell::{Cell, RefCell};
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use crate::graph::Graph;
use crate::numbers::Numbers;
use crate::oracle::Executor;
use crate::play::{Flavour, Play, Stage};

/// How many graphs each test draws, if nobody says.
const GRAPHS: u32 = 2_500;

/// With how many graphs everything that is counted has to have happened.
const ENOUGH: u32 = 1_000;

/// How often a graph is played while a failure is shrunk: it may not show every time.
const TIMES_WHILE_SHRINKING: usize = 10;

#[test]
fn any_graph_on_the_multi_thread_runtime() {
    draw(Flavour::MultiThread);
}

#[test]
fn any_graph_on_the_current_thread_runtime() {
    draw(Flavour::CurrentThread);
}

fn draw(flavour: Flavour) {
    let begun = Instant::now();
    let seed =
        variable("PROPERTY_SEED").unwrap_or_else(|| RandomState::new().hash_one(flavour as u8));
    let cases = variable("PROPERTY_GRAPHS").map_or(GRAPHS, |graphs| graphs as u32);
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 5_000,
        max_shrink_time: 60_000,
        ..Config::default()
    };
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..].copy_from_slice(&(!seed).to_le_bytes());
    // Without optimisation the default would take a fifth of the time.
    let random = TestRng::from_seed(RngAlgorithm::XorShift, &bytes);

    let stage = RefCell::new(Stage::new(flavour));
    let numbers = RefCell::new(Numbers::default());
    let has_failed = Cell::new(false);
    let result = TestRunner::new_with_rng(config, random).run(&draw::graphs(), |graph| {
        let times = if has_failed.get() {
            TIMES_WHILE_SHRINKING
        } else {
            1
        };
        let (stage, numbers) = (&mut *stage.borrow_mut(), &mut *numbers.borrow_mut());
        play(stage, &Arc::new(graph), times, numbers).map_err(|reason| {
            has_failed.set(true);
            TestCaseError::fail(reason)
        })
    });
    let numbers = numbers.borrow();
    match result {
        Ok(()) => {
            let seconds = begun.elapsed().as_secs_f32();
            // Past the capture of the test harness, so that the numbers can always be read.
            let lines = format!("{flavour}, seed {seed}, {seconds:.1} s:\n{numbers}");
            let written = std::io::stderr().write_all(lines.as_bytes());
            written.expect("standard error takes a line");
        }
        Err(TestError::Fail(reason, graph)) => {
            panic!("on the {flavour}, PROPERTY_SEED={seed}: {reason}\nthe graph:\n{graph}")
        }
        Err(TestError::Abort(reason)) => panic!("no graphs: {reason}"),
    }
    if cases >= ENOUGH {
        assert_eq!(numbers.missing(), [""; 0], "these never happened");
    }
}

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Plays a graph on both executors.
fn play(
    stage: &mut Stage,
    graph: &Arc<Graph>,
    times: usize,
    numbers: &mut Numbers,
) -> Result<(), String> {
    let expected = oracle::expect(graph);
    numbers.count_graph(graph, expected.request.order.uses.len());
    // Concurrently the requests are made twice: then blocking nodes are known to be short or long.
    for (executor, rounds) in [(Executor::Sequential, 1), (Executor::Concurrent, 2)] {
        for _ in 0..times {
            let played = stage.play(Play {
                graph,
                expected: &expected,
                executor,
                rounds,
                patience: Duration::from_secs(if times > 1 { 3 } else { 30 }),
            });
            let named = |reason| format!("{executor:?}: {reason}");
            let played = played.map_err(named)?;
            numbers.count_hops(played.hops);
            check::check(graph, &expected, executor, &played, numbers).map_err(|reason| {
                format!(
                    "{executor:?}: {reason}\n{}{}",
                    expected.request,
                    played.log()
                )
            })?;
        }
    }
    Ok(())
}
