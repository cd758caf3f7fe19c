//! A timeline as text.

use std::fmt;
use std::time::Duration;

use super::{Step, Thread, Timeline};

/// How long the longest bar may be.
const COLUMNS: u128 = 40;

/// A line for each step: its bar, when it ran, and where.
impl fmt::Display for Timeline {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = self.steps();
        let end = |step: &Step| step.to.unwrap_or_else(|| self.started.elapsed());
        let total = steps.iter().map(end).max().unwrap_or_default();
        let column = |time: Duration| {
            let column = time.as_nanos() * COLUMNS / total.as_nanos().max(1);
            usize::try_from(column).unwrap_or_default()
        };
        let mut lanes = Vec::new();

        for step in steps.iter() {
            let (from, to) = (step.from, end(step));
            let blank = " ".repeat(column(from));
            let bar = "█".repeat((column(to) - column(from)).max(1));
            let (from, to) = (from.as_millis(), to.as_millis());
            write!(
                formatter,
                "  {:<9}{:<41} {from:>4} to {to:>4} ms  ",
                step.name,
                blank + &bar
            )?;
            match step.thread {
                Thread::Executor => writeln!(formatter, "executor")?,
                Thread::Cpu(number) => writeln!(formatter, "cpu {number}")?,
                Thread::Lane(id) => {
                    let known = lanes.iter().position(|lane| *lane == id);
                    let lane = known.unwrap_or_else(|| {
                        lanes.push(id);
                        lanes.len() - 1
                    });
                    writeln!(formatter, "lane {}", lane + 1)?;
                }
            }
        }

        let work: Duration = steps.iter().map(|step| end(step) - step.from).sum();
        let (work, total) = (work.as_millis(), total.as_millis());
        writeln!(formatter, "  {work} ms of steps in {total} ms")
    }
}
