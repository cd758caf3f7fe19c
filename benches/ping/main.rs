//! How quick an `async` route stays while 200 connections keep a blocking route busy.
//!
//! ```text
//! cargo bench -p hueless-benches --bench ping
//! cargo bench -p hueless-benches --bench ping -- --seconds 5 --json /tmp/ping.json
//! ```
//!
//! One server with two workers has a route that blocks for 10 ms and a route that answers at once.
//! It is written with hueless, by hand with `spawn_blocking`, and with the mistake that hueless is
//! there to prevent. All are measured in one run, in alternating rounds, and medians are reported.
//! `cargo test --benches` only checks that they answer alike.

mod arguments;
mod client;
mod competitors;
mod equal;
mod load;
mod measure;
mod pings;
mod report;
mod server;

use std::process::ExitCode;

use arguments::Arguments;
use competitors::COMPETITORS;
use hueless_benches::{AnyError, exit_code, write_json};

/// How often each competitor is measured. The rounds alternate, and each begins with another
/// competitor, so that a noisy moment of the machine does not fall on one alone.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    exit_code(run())
}

fn run() -> Result<(), AnyError> {
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    equal::check(&COMPETITORS)?;
    if !arguments.common.measures() {
        println!("all competitors answer alike; `cargo bench` measures them");
        return Ok(());
    }

    // By competitor.
    let mut rounds = vec![Vec::new(); COMPETITORS.len()];
    for round in 0..ROUNDS {
        for turn in 0..COMPETITORS.len() {
            let index = (round + turn) % COMPETITORS.len();
            let competitor = &COMPETITORS[index];
            eprintln!("round {} of {ROUNDS}: {}", round + 1, competitor.name);
            rounds[index].push(measure::measure(competitor, arguments.length)?);
        }
    }

    let rows = report::rows(&COMPETITORS, &rounds);
    report::print(&rows, ROUNDS, arguments.length);
    if let Some(file) = arguments.common.json() {
        write_json(&rows, file)?;
    }
    Ok(())
}
