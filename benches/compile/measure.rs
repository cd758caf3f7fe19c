//! The rounds.

use hueless_benches::median;
use serde::Serialize;

use crate::AnyError;
use crate::application::{Size, Style};
use crate::compiler::Usage;
use crate::project::{Project, Task};

/// How often everything is compiled. The styles alternate, so that a noisy moment of the machine does
/// not fall on one alone.
pub(crate) const ROUNDS: usize = 3;

/// One style, in one task.
#[derive(Debug, Serialize)]
pub(crate) struct Row {
    pub(crate) task: &'static str,
    pub(crate) style: Style,
    /// The medians.
    pub(crate) usage: Usage,
    /// Each divided by that of axum by hand.
    pub(crate) ratios: Usage,
}

/// Compiles the whole application again and again.
pub(crate) fn measure(project: &Project, handlers: usize) -> Result<Vec<Row>, AnyError> {
    eprintln!("building what the application depends on");
    project.prepare()?;
    for style in Style::BOTH {
        project.write(style, Size::of(handlers))?;
    }
    let mut rows = Vec::new();
    for task in [Task::Check, Task::Build] {
        // By style.
        let mut rounds = [const { Vec::new() }; 2];
        for round in 1..=ROUNDS {
            for (style, rounds) in Style::BOTH.into_iter().zip(&mut rounds) {
                let (task_name, name) = (task.name(), style.name());
                eprintln!("{task_name}, round {round} of {ROUNDS}: {name}");
                rounds.push(project.compile(style, task)?.usage);
            }
        }
        let medians = rounds.map(|rounds| each(&rounds, median));
        for (style, usage) in Style::BOTH.into_iter().zip(medians) {
            rows.push(Row {
                task: task.name(),
                style,
                usage,
                ratios: each(&[usage, medians[0]], |pair| pair[0] / pair[1]),
            });
        }
    }
    Ok(rows)
}

/// Each figure of some runs, made one by a function.
fn each(of: &[Usage], one: impl Fn(Vec<f64>) -> f64) -> Usage {
    let figure = |get: fn(&Usage) -> f64| one(of.iter().map(get).collect());
    Usage {
        seconds: figure(|usage| usage.seconds),
        cpu_seconds: figure(|usage| usage.cpu_seconds),
        peak_mebibytes: figure(|usage| usage.peak_mebibytes),
    }
}
