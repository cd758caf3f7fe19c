//! What 200 handlers cost to compile, with hueless and with axum by hand.
//!
//! ```text
//! cargo bench -p hueless-benches --bench compile
//! cargo bench -p hueless-benches --bench compile -- --handlers 50 --json /tmp/compile.json
//! ```
//!
//! The same application is generated twice: handlers that each take five values, half of which are made
//! by functions that block. What they depend on is built beforehand, and what is timed is the compiler
//! alone, which is run through this program for that. `cargo test --benches` only checks that two
//! handlers compile either way.

mod application;
mod arguments;
mod compiler;
mod expansion;
mod measure;
mod project;
mod report;

use std::process::ExitCode;

use application::{Size, Style};
use arguments::Arguments;
use hueless_benches::{AnyError, exit_code, write_json};
use project::{Project, Task};
use serde_json::json;

fn main() -> ExitCode {
    if let Some(report) = compiler::report() {
        return compiler::run(&report);
    }
    exit_code(bench())
}

fn bench() -> Result<(), AnyError> {
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    let project = Project::create()?;
    if !arguments.common.measures() {
        for style in Style::BOTH {
            project.write(style, Size::of(2))?;
            project.compile(style, Task::Check)?;
        }
        println!("two handlers compile either way; `cargo bench` measures 200");
        return Ok(());
    }

    let handlers = arguments.handlers;
    let rows = measure::measure(&project, handlers)?;
    let expansions = expansion::measure(&project)?;
    report::print(&rows, &expansions, handlers);
    if let Some(file) = arguments.common.json() {
        let all = json!({ "compiler": rows, "expansions": expansions });
        write_json(&all, file)?;
    }
    Ok(())
}
