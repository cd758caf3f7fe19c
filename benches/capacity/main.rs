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

use std::path::PathBuf;
use std::process::ExitCode;

use cases::{CASES, Case};
use hueless_benches::write_json;

const USAGE: &str = "usage: cargo bench -p hueless-benches --bench capacity -- [--json FILE]\n\
    \x20 --json  also write the rows to this file; a relative path starts at benches/";

/// What goes wrong in a bench: a message is all that is done with it.
type AnyError = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), AnyError> {
    let mut json = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bench" | "--test" => {}
            "--json" => json = Some(PathBuf::from(arguments.next().ok_or(USAGE)?)),
            _ => return Err(format!("unknown argument `{argument}`\n{USAGE}").into()),
        }
    }

    let rows: Vec<report::Row> = CASES.iter().map(report::Row::of).collect();
    report::print(&rows);
    if let Some(file) = json {
        write_json(&rows, &file)?;
    }
    let apart: Vec<_> = rows.iter().filter_map(report::Row::disagreement).collect();
    if apart.is_empty() {
        Ok(())
    } else {
        Err(format!("formula and simulation do not agree:\n{}", apart.join("\n")).into())
    }
}
