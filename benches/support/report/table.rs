//! The rows as one Markdown table, with a head for each scenario.

use super::row::{Row, Section};
use crate::clock::cpus;

/// Prints the sections, and before them how they were measured.
pub(crate) fn print(title: &str, rounds: usize, sections: &[Section]) {
    println!("\n{title}\n");
    match cpus() {
        1 => println!("Pinned to one CPU."),
        cpus => println!(
            "Not pinned: {cpus} CPUs, so a thread may be woken on another one, which costs many times \
             what is measured here. Recommended: `taskset -c 0 cargo bench …`."
        ),
    }
    println!(
        "Medians of {rounds} alternating rounds. Spread is how far the quarters of the samples of CPU \
         time are apart;\nbytes are allocated, and future is how many the future itself has; × is a \
         ratio of CPU time to another row.\n✓ and ✗ are targets met and missed.\n"
    );
    let lines: Vec<Line> = sections.iter().flat_map(lines).collect();
    let widths = widths(&lines);
    for line in lines {
        println!("{}", text(&line, &widths));
    }
    let notes = sections.iter().flat_map(|section| {
        let named = |note| (section.name.as_str(), note);
        section.notes.iter().map(named)
    });
    for (number, (section, note)) in notes.enumerate() {
        if number == 0 {
            println!();
        }
        println!("{section}, {note}");
    }
}

enum Line {
    Cells(Vec<String>),
    /// Below so many cells.
    Rule(usize),
    Blank,
}

fn lines(section: &Section) -> Vec<Line> {
    let allocations = if section.counts_whole_runs {
        "allocations/run"
    } else {
        "allocations"
    };
    let mut head = vec![
        section.name.clone(),
        format!("ns/{}", section.unit),
        "CPU ns".to_owned(),
        "spread".to_owned(),
        allocations.to_owned(),
        "bytes".to_owned(),
        "future".to_owned(),
    ];
    let figures = section.rows.first().map(|row| &row.figures);
    let figures = figures.into_iter().flatten().map(|it| it.name.to_owned());
    head.extend(figures);
    head.extend(section.columns.iter().map(|column| format!("× {column}")));
    head.push("targets".to_owned());
    let columns = head.len();
    let mut lines = vec![Line::Cells(head), Line::Rule(columns)];
    lines.extend(section.rows.iter().map(|row| Line::Cells(cells(row))));
    lines.push(Line::Blank);
    lines
}

fn cells(row: &Row) -> Vec<String> {
    let mut cells = vec![
        row.name.clone(),
        time(row.nanoseconds),
        time(row.cpu_nanoseconds),
        format!("{:.0} %", row.cpu_spread * 100.0),
        short(row.allocations),
        format!("{:.0}", row.allocated_bytes),
        row.future_bytes
            .map_or_else(String::new, |it| it.to_string()),
    ];
    cells.extend(row.figures.iter().map(|figure| short(figure.value)));
    cells.extend(row.ratios.iter().map(|it| format!("{:.3}", it.ratio)));
    let judged = row.targets.iter().map(|judged| {
        let mark = if judged.met { '✓' } else { '✗' };
        format!("{mark} {}", judged.target)
    });
    cells.push(judged.collect::<Vec<_>>().join(", "));
    cells
}

fn time(nanoseconds: f64) -> String {
    if nanoseconds < 100.0 {
        format!("{nanoseconds:.1}")
    } else {
        format!("{nanoseconds:.0}")
    }
}

/// With as many decimals as it needs, up to two.
fn short(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// By column. The last one of a line is as wide as it is.
fn widths(lines: &[Line]) -> Vec<usize> {
    let mut widths = Vec::new();
    for line in lines {
        let Line::Cells(cells) = line else { continue };
        for (column, cell) in cells[..cells.len() - 1].iter().enumerate() {
            let width = cell.chars().count();
            match widths.get_mut(column) {
                Some(widest) => *widest = width.max(*widest),
                None => widths.push(width),
            }
        }
    }
    widths
}

fn text(line: &Line, widths: &[usize]) -> String {
    let cell = |(column, cell): (usize, &String)| {
        let width = widths.get(column).copied().unwrap_or_default();
        if column == 0 {
            format!("| {cell:width$} |")
        } else {
            format!(" {cell:>width$} |")
        }
    };
    let rule = |column: usize| {
        let dashes = "-".repeat(widths.get(column).copied().unwrap_or(7));
        if column == 0 {
            format!("|:{dashes}-|")
        } else {
            format!("-{dashes}:|")
        }
    };
    match line {
        Line::Cells(cells) => cells.iter().enumerate().map(cell).collect(),
        Line::Rule(columns) => (0..*columns).map(rule).collect(),
        Line::Blank => String::new(),
    }
}
