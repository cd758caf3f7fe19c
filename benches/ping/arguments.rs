//! What the command line asks for.

use std::path::{Path, PathBuf};
use std::time::Duration;

const USAGE: &str = "usage: cargo bench -p hueless-benches --bench ping -- \
    [--seconds SECONDS] [--json FILE]\n\
    \x20 --seconds  how long each round of each competitor is measured, 3 if not given\n\
    \x20 --json     also write the rows to this file; a relative path starts at benches/";

/// The longest round, and the shortest.
const SECONDS: std::ops::RangeInclusive<f64> = 0.1..=600.0;

/// The parsed command line.
#[derive(Debug)]
pub(crate) struct Arguments {
    bench: bool,
    test: bool,
    length: Duration,
    json: Option<PathBuf>,
}

impl Arguments {
    /// Parses the arguments that follow the program's name. An error is a message for the user.
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self {
            bench: false,
            test: false,
            length: Duration::from_secs(3),
            json: None,
        };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--bench" => parsed.bench = true,
                "--test" => parsed.test = true,
                "--seconds" => parsed.length = seconds(arguments.next())?,
                "--json" => parsed.json = Some(file(arguments.next())?),
                _ => return Err(format!("unknown argument `{argument}`\n{USAGE}")),
            }
        }
        Ok(parsed)
    }

    /// Whether to measure. Cargo says `--bench` to a bench that `cargo bench` runs, and nothing to one
    /// that `cargo test --benches` runs.
    pub(crate) fn measures(&self) -> bool {
        self.bench && !self.test
    }

    /// How long one round of one competitor is measured.
    pub(crate) fn length(&self) -> Duration {
        self.length
    }

    /// Where the rows are to be written as well.
    pub(crate) fn json(&self) -> Option<&Path> {
        self.json.as_deref()
    }
}

fn seconds(value: Option<String>) -> Result<Duration, String> {
    value
        .and_then(|value| value.parse().ok())
        .filter(|seconds| SECONDS.contains(seconds))
        .map(Duration::from_secs_f64)
        .ok_or_else(|| {
            let (least, most) = (SECONDS.start(), SECONDS.end());
            format!("`--seconds` takes a number from {least} to {most}\n{USAGE}")
        })
}

fn file(value: Option<String>) -> Result<PathBuf, String> {
    value
        .map(PathBuf::from)
        .ok_or_else(|| format!("`--json` takes a file\n{USAGE}"))
}
