//! What HTTP requests cost with hueless, with axum by hand, and with other frameworks.
//!
//! ```text
//! cargo bench -p hueless-benches --bench http
//! cargo bench -p hueless-benches --bench http -- --only graph --seconds 5 --json /tmp/http.json
//! ```
//!
//! Each server is a process of its own, so that the CPU time it takes for a request can be read, and so
//! that no contestant warms anything up for another. The load is made by `wrk`, which has to be
//! installed (Debian: `apt-get install wrk`); FastAPI is installed by the bench itself, where there is a
//! Python. All contestants are measured in one run, in alternating rounds, and medians are reported.
//! `cargo test --benches` only checks that all servers answer alike, and needs no `wrk`.

mod arguments;
mod check;
mod child;
// It asks what is answered. What is timed is asked by `wrk`.
#[path = "../ping/client.rs"]
mod client;
mod cpu;
mod fastapi;
mod in_process;
mod load;
mod measure;
mod report;
mod routes;
mod scenarios;
mod server;
mod targets;
mod work;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use hueless_benches::{AnyError, exit_code, write_json};

fn main() -> ExitCode {
    let done = Command::parse(std::env::args().skip(1)).and_then(|command| match command {
        Command::Serve(kind) => server::serve(kind),
        Command::Bench(arguments) => bench(&arguments),
    });
    exit_code(done)
}

fn bench(arguments: &Arguments) -> Result<(), AnyError> {
    let mut scenarios = scenarios::named(&arguments.only)?;
    if let Err(why) = fastapi::prepare(arguments.common.measures()) {
        println!("FastAPI is left out: {why}");
        scenarios::leave_out(&mut scenarios, server::Kind::FastApi);
    }
    check::check(&scenarios)?;
    if !arguments.common.measures() {
        println!("all contestants answer alike; `cargo bench` measures them");
        return Ok(());
    }

    load::check_installed()?;
    let rows = measure::all(&scenarios, arguments.seconds)?;
    report::print(&scenarios, &rows, arguments.seconds);
    targets::print(&rows);
    if let Some(file) = arguments.common.json() {
        write_json(&rows, file)?;
    }
    Ok(())
}
