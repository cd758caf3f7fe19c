//! The rows as a Markdown table.

use super::row::Row;
use crate::measure::{QUIET, ROUNDS};
use crate::scenarios::Scenario;

/// The widths of the two names, of a number, and of the ratio that follows it.
const SCENARIO: usize = 9;
const CONTESTANT: usize = 21;
const NUMBER: usize = 10;
const RATIO: usize = 6;

const OTHERS: &str = "others %";

const COLUMNS: [&str; 4] = ["requests/s", "CPU µs", "p50 ms", "p99 ms"];

/// Prints the rows.
pub(crate) fn print(scenarios: &[Scenario], rows: &[Row], seconds: u64) {
    println!();
    for scenario in scenarios {
        println!("- {}: {}", scenario.name, scenario.about);
    }
    println!("\nMedians of {ROUNDS} rounds of {seconds} s; CPU is the server's, for one request;");
    println!(
        "× is the ratio to the first row of the scenario. Others is how much of the machine was taken"
    );
    println!(
        "by processes that have nothing to do with it: above {QUIET} % nothing can be said.\n"
    );
    print!(
        "| {:SCENARIO$} | {:CONTESTANT$} |",
        "scenario", "contestant"
    );
    for column in COLUMNS {
        print!(" {column:>NUMBER$} | {:>RATIO$} |", "×");
    }
    print!(" {OTHERS} |");
    print!("\n|{}|{}|", dashes(SCENARIO), dashes(CONTESTANT));
    for _ in COLUMNS {
        print!("{}:|{}:|", &dashes(NUMBER)[1..], &dashes(RATIO)[1..]);
    }
    println!("{}:|", &dashes(OTHERS.len())[1..]);
    rows.iter().for_each(print_row);
}

fn print_row(row: &Row) {
    print!(
        "| {:SCENARIO$} | {:CONTESTANT$} |",
        row.scenario, row.contestant
    );
    let (figures, ratios) = (&row.figures, &row.ratios);
    for (decimals, figure, ratio) in [
        (0, figures.requests_per_second, ratios.requests_per_second),
        (3, figures.cpu_microseconds, ratios.cpu_microseconds),
        (2, figures.p50_milliseconds, ratios.p50_milliseconds),
        (2, figures.p99_milliseconds, ratios.p99_milliseconds),
    ] {
        if ratio.is_nan() {
            print!(" {:>NUMBER$} | {:>RATIO$} |", "", "");
        } else {
            print!(" {figure:>NUMBER$.decimals$} | {ratio:>RATIO$.2} |");
        }
    }
    println!(" {:>1$.0} |", figures.others_percent, OTHERS.len());
}

fn dashes(width: usize) -> String {
    "-".repeat(width + 2)
}
