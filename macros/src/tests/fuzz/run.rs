//! Draws cases and holds them against the demands.

use std::cell::RefCell;
use std::io::Write as _;
use std::time::Instant;

use proptest::prelude::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use super::case::Case;
use super::demands::check;
use super::outcomes::Outcomes;

/// How many cases each test draws, if nobody says.
const CASES: u32 = 1_500;

/// Which ones, if nobody says: a test that fails, fails of what was changed.
const SEED: u64 = 1;

/// Checks cases that `strategy` draws.
pub(super) fn run(name: &str, strategy: impl Strategy<Value = Case>) -> Outcomes {
    let begun = Instant::now();
    let seed = variable("FUZZ_SEED").unwrap_or(SEED);
    let cases = variable("FUZZ_CASES").map_or(CASES, |cases| cases as u32);
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 20_000,
        max_shrink_time: 60_000,
        ..Config::default()
    };
    let mut bytes = [1; 16];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    // Each part of a case has a generator of its own, so what counts is how fast one is made.
    let random = TestRng::from_seed(RngAlgorithm::XorShift, &bytes);

    let outcomes = RefCell::new(Outcomes::default());
    let result = TestRunner::new_with_rng(config, random).run(&strategy, |case| {
        let outcome = check(&case).map_err(TestCaseError::fail)?;
        outcomes.borrow_mut().count(outcome);
        Ok(())
    });
    match result {
        Ok(()) => {
            let (outcomes, seconds) = (outcomes.into_inner(), begun.elapsed().as_secs_f32());
            // Past the capture of the test harness, so that the numbers can always be read.
            let line = format!("{name}, seed {seed}: {outcomes}; {seconds:.1} s\n");
            let written = std::io::stderr().write_all(line.as_bytes());
            written.expect("standard error takes a line");
            outcomes
        }
        Err(TestError::Fail(reason, case)) => {
            panic!("{name}, FUZZ_SEED={seed} FUZZ_CASES={cases}: {reason}\nthe case:\n{case:?}")
        }
        Err(TestError::Abort(reason)) => panic!("{name}: no cases: {reason}"),
    }
}

fn variable(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}
