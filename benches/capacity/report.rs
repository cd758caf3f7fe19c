//! Formula and simulation side by side, and whether they agree.

use serde::Serialize;

use crate::formula::Outcome;
use crate::{Case, simulation};

/// How far the two may be apart: this part of the larger, or so many milliseconds, or so many percent.
const TOLERANCE: f64 = 0.2;
const MILLISECONDS: f64 = 0.05;
const PERCENT: f64 = 1.0;

/// The widest description.
const ABOUT: usize = 38;

/// A case.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    about: &'static str,
    arrivals_per_second: f64,
    blocking_milliseconds: f64,
    threads: usize,
    formula: Outcome,
    simulation: Outcome,
}

impl Row {
    pub(crate) fn of(case: &Case) -> Self {
        Self {
            about: case.about,
            arrivals_per_second: case.arrivals,
            blocking_milliseconds: case.blocking.mean() * 1e3,
            threads: case.threads,
            formula: Outcome::of(case),
            simulation: simulation::simulate(case),
        }
    }

    /// The figures: what each is, by formula and by simulation, and how far apart they may be at least.
    fn figures(&self) -> [(&'static str, [Option<f64>; 2], f64); 5] {
        let both = [&self.formula, &self.simulation];
        let figure = |get: fn(&Outcome) -> Option<f64>| both.map(get);
        [
            ("busy", figure(|one| Some(one.busy)), 0.1),
            (
                "waits %",
                figure(|one| Some(one.share_waiting * 1e2)),
                PERCENT,
            ),
            (
                "mean ms",
                figure(|one| Some(one.mean_wait * 1e3)),
                MILLISECONDS,
            ),
            (
                "p99 ms",
                figure(|one| Some(one.p99_wait? * 1e3)),
                MILLISECONDS,
            ),
            (
                "refused %",
                figure(|one| Some(one.share_refused * 1e2)),
                PERCENT,
            ),
        ]
    }

    /// What formula and simulation do not agree about.
    pub(crate) fn disagreement(&self) -> Option<String> {
        let mut figures = self.figures().into_iter();
        figures.find_map(|(name, [formula, simulation], least)| {
            let (formula, simulation) = formula.zip(simulation)?;
            let may = least.max(TOLERANCE * formula.max(simulation));
            let apart = (formula - simulation).abs() > may;
            apart.then(|| format!("{}: {name} {formula:.2}, {simulation:.2}", self.about))
        })
    }
}

/// Prints the rows as a Markdown table.
pub(crate) fn print(rows: &[Row]) {
    println!(
        "\nThreads that are busy, requests that wait for one, for how long, and requests turned away;"
    );
    println!("f is the formula, s the simulation.\n");
    print!("| {:ABOUT$} | arrivals/s | blocks ms | threads |", "case");
    for (name, ..) in rows[0].figures() {
        print!(" {:>11} |", format!("{name} f"));
        print!(" {:>6} |", "s");
    }
    print!(
        "\n|{}|-----------:|----------:|--------:|",
        "-".repeat(ABOUT + 2)
    );
    for _ in rows[0].figures() {
        print!("------------:|-------:|");
    }
    println!();
    for row in rows {
        print!(
            "| {:ABOUT$} | {:10.0} | {:9.0} | {:7} |",
            row.about, row.arrivals_per_second, row.blocking_milliseconds, row.threads
        );
        for (_, [formula, simulation], _) in row.figures() {
            print!(" {:>11} | {:>6} |", number(formula), number(simulation));
        }
        println!();
    }
}

fn number(value: Option<f64>) -> String {
    value.map(|value| format!("{value:.2}")).unwrap_or_default()
}
