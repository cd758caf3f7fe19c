//! What is reported, as Markdown tables.

use crate::application::{Style, TAKEN};
use crate::expansion::Expansion;
use crate::measure::{ROUNDS, Row};
use crate::project::Task;

/// How much longer than by hand a check may take.
const TARGET: f64 = 1.5;

/// Prints everything.
pub(crate) fn print(rows: &[Row], expansions: &[Expansion], handlers: usize) {
    println!("\n{handlers} handlers with {TAKEN} values each, nothing else; medians of {ROUNDS}");
    println!("runs of the compiler; × is the ratio to axum by hand.\n");
    println!("| task  | application  | seconds |     × | CPU seconds |     × | peak MiB |     × |");
    println!("|-------|--------------|--------:|------:|------------:|------:|---------:|------:|");
    for row in rows {
        let (usage, ratios) = (&row.usage, &row.ratios);
        println!(
            "| {:5} | {:12} | {:7.2} | {:5.2} | {:11.2} | {:5.2} | {:8.0} | {:5.2} |",
            row.task,
            row.style.name(),
            usage.seconds,
            ratios.seconds,
            usage.cpu_seconds,
            ratios.cpu_seconds,
            usage.peak_mebibytes,
            ratios.peak_mebibytes,
        );
    }
    print_expansions(expansions);
    print_target(rows);
}

fn print_expansions(expansions: &[Expansion]) {
    println!("\nWhat one handler and one value is on average, formatted by rustfmt:\n");
    println!("| one     | application  | written lines | bytes | expanded lines |  bytes |");
    println!("|---------|--------------|--------------:|------:|---------------:|-------:|");
    for one in expansions {
        println!(
            "| {:7} | {:12} | {:13.1} | {:5.0} | {:14.1} | {:6.0} |",
            one.what,
            one.style.name(),
            one.written.lines,
            one.written.bytes,
            one.expanded.lines,
            one.expanded.bytes,
        );
    }
}

/// CPU time, because other work on the machine lengthens the other.
fn print_target(rows: &[Row]) {
    let check = Task::Check.name();
    let mut found = rows.iter();
    let found = found.find(|row| row.task == check && row.style == Style::Hueless);
    if let Some(row) = found {
        let ratio = row.ratios.cpu_seconds;
        let met = if ratio <= TARGET { "met   " } else { "missed" };
        println!("\nTargets:");
        println!("- {met}  `cargo check`: CPU time to that by hand: {ratio:.2}, at most {TARGET}");
    }
}
