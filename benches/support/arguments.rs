//! What the command line asks for.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

const USAGE: &str = "usage: cargo bench -p hueless-benches --bench NAME -- \
    [--only TEXT] [--rounds NUMBER] [--json FILE]\n\
    \x20 --only    leaves out each row whose name, after that of its scenario, lacks the text\n\
    \x20 --rounds  how many samples of each competitor are taken, 15 if not given\n\
    \x20 --json    also writes the rows to this file; a relative path starts at benches/";

/// The fewest rounds whose median says something, and the most.
const ROUNDS: RangeInclusive<usize> = 9..=100_001;

/// The parsed command line.
#[derive(Debug)]
pub(crate) struct Arguments {
    measures: bool,
    only: Option<String>,
    rounds: usize,
    json: Option<PathBuf>,
}

impl Arguments {
    /// Parses the arguments that follow the program's name. An error is a message for the user.
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let given: Vec<String> = arguments.collect();
        let mut parsed = Self {
            measures: given.iter().any(|argument| argument == "--bench"),
            only: None,
            rounds: 15,
            json: None,
        };
        if !parsed.measures {
            // What follows is for the harness of `cargo test`.
            return Ok(parsed);
        }
        let mut given = given.into_iter();
        while let Some(argument) = given.next() {
            let mut value = || {
                let value = given.next();
                value.ok_or_else(|| format!("`{argument}` takes a value\n{USAGE}"))
            };
            match argument.as_str() {
                "--bench" => {}
                "--only" => parsed.only = Some(value()?),
                "--rounds" => parsed.rounds = rounds(&value()?)?,
                "--json" => parsed.json = Some(PathBuf::from(value()?)),
                _ => return Err(format!("unknown argument `{argument}`\n{USAGE}")),
            }
        }
        Ok(parsed)
    }

    /// Whether to measure. Cargo says `--bench` to a bench that `cargo bench` runs, and nothing to one
    /// that `cargo test --benches` runs.
    pub(crate) fn measures(&self) -> bool {
        self.measures
    }

    /// Whether a row is wanted.
    pub(crate) fn wants(&self, scenario: &str, row: &str) -> bool {
        let only = self.only.as_deref();
        only.is_none_or(|only| format!("{scenario}: {row}").contains(only))
    }

    /// How many samples of each competitor are taken.
    pub(crate) fn rounds(&self) -> usize {
        self.rounds
    }

    /// Where the rows are to be written as well.
    pub(crate) fn json(&self) -> Option<&Path> {
        self.json.as_deref()
    }
}

fn rounds(value: &str) -> Result<usize, String> {
    let rounds = value.parse().ok().filter(|rounds| ROUNDS.contains(rounds));
    rounds.ok_or_else(|| {
        let (least, most) = (ROUNDS.start(), ROUNDS.end());
        format!("`--rounds` takes a number from {least} to {most}\n{USAGE}")
    })
}
