//! The rows as a Markdown table.

use std::time::Duration;

use super::row::Row;
use crate::competitors::{PING, REFERENCE, WORK};
use crate::measure::CONNECTIONS;

/// The width of the first column.
const NAME: usize = 21;
/// The width of a number, and of the ratio that follows it.
const NUMBER: usize = 12;
const RATIO: usize = 9;

/// Prints the rows.
pub(crate) fn print(rows: &[Row], rounds: usize, length: Duration) {
    println!("\n{CONNECTIONS} connections on a route that blocks {WORK:?}, one more on {PING}.");
    println!("Medians of {rounds} rounds of {length:?}; × is the ratio to `{REFERENCE}`.\n");
    let columns = ["requests/s", "ping p50 ms", "ping p99 ms", "ping max ms"];
    print!("| {:NAME$} |", "competitor");
    for column in columns {
        print!(" {column:>NUMBER$} | {:>RATIO$} |", "×");
    }
    print!("\n|:{}-|", "-".repeat(NAME));
    for _ in columns {
        print!("-{}:|-{}:|", "-".repeat(NUMBER), "-".repeat(RATIO));
    }
    println!();
    for row in rows {
        print_row(row);
    }
}

fn print_row(row: &Row) {
    let (numbers, ratios) = (&row.numbers, &row.ratios.numbers);
    print!("| {:NAME$} |", row.name);
    print!(
        " {:>NUMBER$.0} | {:>RATIO$.3} |",
        numbers.slow_requests_per_second, ratios.slow_requests_per_second
    );
    for (milliseconds, ratio) in [
        (numbers.ping_p50_milliseconds, ratios.ping_p50_milliseconds),
        (numbers.ping_p99_milliseconds, ratios.ping_p99_milliseconds),
        (numbers.ping_max_milliseconds, ratios.ping_max_milliseconds),
    ] {
        print!(" {milliseconds:>NUMBER$.2} | {ratio:>RATIO$.2} |");
    }
    println!();
}
