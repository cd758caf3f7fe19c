//! The concurrent executor agrees with the sequential one, on any graph.
//!
//! Graphs of up to 40 dependencies are drawn: of any colour; nodes that wait, fail and panic; values
//! read from the context; guards, `requires`, `after`, `transient` and `executor`. An oracle that
//! shares nothing with the plans works out what has to come of each. Then
//!
//! 1. the sequential executor has to do exactly that, one node after the other in declaration order;
//! 2. the concurrent one, several times in one app, has to give the same answer, to start a node
//!    only after what it waits for, to overtake no guard, to run each node at most once, to have made
//!    what the sequential one made, and to leave nothing behind. A rejection waits for no node that
//!    says it cannot fail, so such a node may be missing, and its panic may come too late to count.
//!
//! A failure prints the seed and the shrunk graph. `PROPERTY_SEED` repeats it, `PROPERTY_GRAPHS`
//! says how many graphs each test draws.

mod assemble;
mod catalogue;
mod check;
mod code;
mod context;
mod declare;
mod draw;
mod graph;
mod log;
mod numbers;
mod oracle;
mod order;
mod play;
mod unfold;

use std::cell::{Cell, RefCell};
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use hueless::App;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use crate::graph::Graph;
use crate::numbers::Numbers;
use crate::play::{Flavour, Stage};

/// How many graphs each test draws, if nobody says.
const GRAPHS: u32 = 1_250;

/// How often a graph is resolved concurrently. From the second time on, blocking nodes are known to
/// be short or long.
const RUNS: usize = 3;

/// How often it is while a failure is shrunk: it may not show every time.
const RUNS_WHILE_SHRINKING: usize = 30;

#[test]
fn the_executors_agree_on_the_multi_thread_runtime() {
    draw(Flavour::MultiThread);
}

#[test]
fn the_executors_agree_on_the_current_thread_runtime() {
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
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);

    let stage = Stage::new(flavour);
    let numbers = RefCell::new(Numbers::default());
    let has_failed = Cell::new(false);
    let result = TestRunner::new_with_rng(config, random).run(&draw::graphs(), |graph| {
        let numbers = &mut *numbers.borrow_mut();
        agree(&stage, &Arc::new(graph), has_failed.get(), numbers).map_err(|reason| {
            has_failed.set(true);
            TestCaseError::fail(reason)
        })
    });
    match result {
        Ok(()) => {
            let (numbers, seconds) = (numbers.borrow(), begun.elapsed().as_secs_f32());
            // Past the capture of the test harness, so that the numbers can always be read.
            let line = format!("{flavour}, seed {seed}: {numbers}; {seconds:.1} s\n");
            let written = std::io::stderr().write_all(line.as_bytes());
            written.expect("standard error takes a line");
        }
        Err(TestError::Fail(reason, graph)) => {
            panic!("on the {flavour}, PROPERTY_SEED={seed}: {reason}\nthe graph:\n{graph}")
        }
        Err(TestError::Abort(reason)) => panic!("no graphs: {reason}"),
    }
}

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Runs a graph on both executors.
fn agree(
    stage: &Stage,
    graph: &Arc<Graph>,
    shrinking: bool,
    numbers: &mut Numbers,
) -> Result<(), String> {
    let (runs, patience) = if shrinking {
        (RUNS_WHILE_SHRINKING, Duration::from_secs(3))
    } else {
        (RUNS, Duration::from_secs(30))
    };
    let expected = oracle::expect(graph);
    numbers.count_graph(&expected);

    let app = App::builder().propagate(&log::RUN).sequential().build().expect("nothing is set wrongly");
    let played = stage
        .play(&app, graph, patience)
        .map_err(|reason| format!("sequential: {reason}"))?;
    check::sequential(graph, &expected, &played)
        .map_err(|reason| format!("sequential: {reason}\n{expected}{}", played.log))?;
    numbers.count_sequential(&played);

    let poll_on_lane = graph.poll_on_lane;
    let app = App::builder()
        .propagate(&log::RUN)
        .poll_on_lane(poll_on_lane)
        .build().expect("nothing is set wrongly");
    for _ in 0..runs {
        let played = stage
            .play(&app, graph, patience)
            .map_err(|reason| format!("concurrent: {reason}"))?;
        check::concurrent(graph, &expected, &played)
            .map_err(|reason| format!("concurrent: {reason}\n{expected}{}", played.log))?;
        numbers.count_concurrent(&played);
    }
    Ok(())
}
