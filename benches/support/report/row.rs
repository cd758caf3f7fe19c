//! The medians of a competitor's rounds, their ratios to others, and what became of its targets.

use serde::Serialize;

use crate::competitor::Competitor;
use crate::measure::Measured;
use crate::median::{median, sorted};
use crate::scenario::Scenario;
use crate::target::Target;

/// A scenario.
#[derive(Debug)]
pub(crate) struct Section {
    pub(crate) name: String,
    pub(crate) unit: &'static str,
    pub(crate) counts_whole_runs: bool,
    /// The columns of ratios.
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Row>,
    pub(crate) notes: Vec<String>,
}

/// A competitor: what one unit costs.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) scenario: String,
    pub(crate) name: String,
    /// What the times are for one of.
    pub(crate) unit: &'static str,
    pub(crate) nanoseconds: f64,
    pub(crate) cpu_nanoseconds: f64,
    /// How far apart the quarters of the samples of CPU time are, as a part of the median.
    pub(crate) cpu_spread: f64,
    pub(crate) allocations: f64,
    pub(crate) allocated_bytes: f64,
    /// How many bytes the future has that does it once.
    pub(crate) future_bytes: Option<usize>,
    pub(crate) figures: Vec<Named>,
    /// By column.
    pub(crate) ratios: Vec<Ratio>,
    pub(crate) targets: Vec<Judged>,
}

/// A number with its name.
#[derive(Debug, Serialize)]
pub(crate) struct Named {
    pub(crate) name: &'static str,
    pub(crate) value: f64,
}

/// The CPU time divided by that of another row: the median of what it is in each round.
#[derive(Debug, Serialize)]
pub(crate) struct Ratio {
    /// The other row.
    pub(crate) to: String,
    #[serde(skip)]
    pub(crate) column: String,
    pub(crate) ratio: f64,
}

/// What became of a target.
#[derive(Debug, Serialize)]
pub(crate) struct Judged {
    pub(crate) target: String,
    pub(crate) met: bool,
}

/// The row that a column of ratios is to, with the name of the column.
type Reference<'a> = (&'a (String, String), &'a Measured);

/// What a scenario came to. `measured` are its competitors.
pub(crate) fn section(scenario: &Scenario, measured: &[Measured]) -> Section {
    let competitors = &scenario.competitors;
    let references: Vec<Reference<'_>> = scenario
        .references
        .iter()
        .filter_map(|reference| {
            let named = |(name, _): &(&str, &Measured)| *name == reference.0;
            let names = competitors.iter().map(|it| it.name.as_str());
            let (_, measured) = names.zip(measured).find(named)?;
            Some((reference, measured))
        })
        .collect();
    let rows = competitors.iter().zip(measured);
    let mut rows: Vec<Row> = rows
        .map(|(it, measured)| row(scenario, it, measured, &references))
        .collect();
    let judged = rows.iter().map(|row| {
        let targets = scenario.targets.iter().filter(|(of, _)| *of == row.name);
        let judged = targets.filter_map(|(_, target)| judge(row, &rows, target));
        judged.collect()
    });
    let judged: Vec<Vec<Judged>> = judged.collect();
    for (row, judged) in rows.iter_mut().zip(judged) {
        row.targets = judged;
    }
    let note = |name: &str, note: &str| format!("{name}: {note}");
    let notes = competitors.iter();
    Section {
        name: scenario.name.clone(),
        unit: scenario.unit,
        counts_whole_runs: scenario.counts_whole_runs,
        columns: references.iter().map(|((_, it), _)| it.clone()).collect(),
        rows,
        notes: notes
            .filter_map(|it| it.note.map(|text| note(&it.name, text)))
            .collect(),
    }
}

fn row(
    scenario: &Scenario,
    competitor: &Competitor,
    measured: &Measured,
    references: &[Reference<'_>],
) -> Row {
    let ratio = |((to, column), other): &Reference<'_>| Ratio {
        to: to.clone(),
        column: column.clone(),
        ratio: ratio(&measured.cpu, &other.cpu),
    };
    let figure = |&(name, value)| Named { name, value };
    let counted_for = if scenario.counts_whole_runs {
        1.0
    } else {
        f64::from(competitor.units)
    };
    Row {
        scenario: scenario.name.clone(),
        name: competitor.name.clone(),
        unit: scenario.unit,
        nanoseconds: median(measured.wall.iter().copied()),
        cpu_nanoseconds: median(measured.cpu.iter().copied()),
        cpu_spread: spread(&measured.cpu),
        allocations: measured.blocks / counted_for,
        allocated_bytes: measured.bytes / counted_for,
        future_bytes: competitor.future,
        figures: measured.figures.iter().map(figure).collect(),
        ratios: references.iter().map(ratio).collect(),
        targets: Vec::new(),
    }
}

impl Row {
    fn ratio_to(&self, column: &str) -> Option<&Ratio> {
        self.ratios.iter().find(|it| it.column == column)
    }

    fn figure(&self, name: &str) -> Option<f64> {
        let mut figures = self.figures.iter();
        figures.find(|it| it.name == name).map(|it| it.value)
    }
}

/// What became of a target; `None` if a row that it names was left out.
fn judge(row: &Row, rows: &[Row], target: &Target) -> Option<Judged> {
    let to = |column: &str| row.ratio_to(column).map(|it| it.ratio);
    let (target, met) = match target {
        Target::AtMost(most, column) => (format!("≤ {most:.2} × {column}"), to(column)? <= *most),
        Target::Faster(times, column) => (
            format!("{times:.0} × faster than {column}"),
            to(column)? * times <= 1.0,
        ),
        Target::Allocations(most) => (format!("≤ {most} allocations"), row.allocations <= *most),
        Target::Figure(most, name) => {
            let figure = row.figure(name)?;
            (format!("≤ {most} {name}"), figure <= *most)
        }
        Target::FigureRatio(most, name, column) => {
            let other = &row.ratio_to(column)?.to;
            let other = rows.iter().find(|it| it.name == *other)?.figure(name)?;
            let what = format!("≤ {most} × {name} of {column}");
            (what, row.figure(name)? <= most * other)
        }
    };
    Some(Judged { target, met })
}

/// The median of the ratios of all rounds.
fn ratio(times: &[f64], others: &[f64]) -> f64 {
    median(times.iter().zip(others).map(|(time, other)| time / other))
}

/// How far the first quarter is from the last, as a part of the middle.
fn spread(values: &[f64]) -> f64 {
    let values = sorted(values.iter().copied());
    let quarter = values.len() / 4;
    (values[values.len() - 1 - quarter] - values[quarter]) / values[values.len() / 2]
}
