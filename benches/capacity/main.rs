//! From arrivals, blocking time and threads to waiting: the formulas of `docs/capacity.md` beside a
//! simulation of what they describe.
//!
//! ```text
//! cargo bench -p hueless-benches --bench capacity
//! cargo bench -p hueless-benches --bench capacity -- --json /tmp/capacity.json
//! ```
//!
//! Nothing is timed, so that the table is the same on every machine. `cargo test --benches` checks that
//! both agree.

mod cases;
mod formula;
mod report;
mod simulation;

use std::process::ExitCode;

use cases::{CASES, Case};
use hueless_benches::{AnyError, CommandLine, exit_code, write_json};

const USAGE: &str = "usage: cargo bench -p hueless-benches --bench capacity -- [--json FILE]\n\
    \x20 --json  also write the rows to this file; a relative path starts at benches/";

fn main() -> ExitCode {
    exit_code(run())
}

fn run() -> Result<(), AnyError> {
    let arguments = std::env::args().skip(1);
    let arguments = CommandLine::parse(USAGE, arguments, |option| Err(option.unknown()))?;

    let rows: Vec<report::Row> = CASES.iter().map(report::Row::of).collect();
    report::print(&rows);
    if let Some(file) = arguments.json() {
        write_json(&rows, file)?;
    }
    let apart: Vec<_> = rows.iter().filter_map(report::Row::disagreement).collect();
    if apart.is_empty() {
        Ok(())
    } else {
        Err(format!("formula and simulation do not agree:\n{}", apart.join("\n")).into())
    }
}
