//! What a bench does when it is run.

use std::process::ExitCode;

use crate::arguments::Arguments;
use crate::failure::{AnyError, exit_code};
use crate::json::write_json;
use crate::measure::{check, measure};
use crate::report;
use crate::scenario::Scenario;

/// Runs a bench: its `title` says what it is about.
pub fn main(title: &str, scenarios: Vec<Scenario>) -> ExitCode {
    exit_code(run(title, scenarios))
}

fn run(title: &str, mut scenarios: Vec<Scenario>) -> Result<(), AnyError> {
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    for scenario in &mut scenarios {
        let name = &scenario.name;
        let competitors = &mut scenario.competitors;
        competitors.retain(|competitor| arguments.wants(name, &competitor.name));
    }
    scenarios.retain(|scenario| !scenario.competitors.is_empty());

    if !arguments.common.measures() {
        scenarios.iter().try_for_each(check)?;
        println!("all competitors come to the same values; `cargo bench` measures them");
        return Ok(());
    }

    let mut sections = Vec::new();
    for (index, scenario) in scenarios.iter().enumerate() {
        eprintln!("{} of {}: {}", index + 1, scenarios.len(), scenario.name);
        let measured = measure(scenario, arguments.rounds)?;
        sections.push(report::section(scenario, &measured));
    }
    report::print(title, arguments.rounds, &sections);
    if let Some(file) = arguments.common.json() {
        let rows: Vec<&report::Row> = sections.iter().flat_map(|it| &it.rows).collect();
        write_json(&rows, file)?;
    }
    Ok(())
}
