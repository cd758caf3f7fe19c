//! What the command line asks for.

use std::ops::RangeInclusive;

use crate::command_line::CommandLine;

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
    pub(crate) common: CommandLine,
    only: Option<String>,
    /// How many samples of each competitor are taken.
    pub(crate) rounds: usize,
}

impl Arguments {
    /// Parses the arguments that follow the program's name. An error is a message for the user.
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut given: Vec<String> = arguments.collect();
        if !given.iter().any(|argument| argument == "--bench") {
            // What is there is for the harness of `cargo test`.
            given.clear();
        }
        let mut only = None;
        let mut rounds = 15;
        let common = CommandLine::parse(USAGE, given, |option| {
            match option.name() {
                "--only" => only = Some(option.value()?),
                "--rounds" => rounds = option.number(ROUNDS)?,
                _ => return Err(option.unknown()),
            }
            Ok(())
        })?;
        Ok(Self {
            common,
            only,
            rounds,
        })
    }

    /// Whether a row is wanted.
    pub(crate) fn wants(&self, scenario: &str, row: &str) -> bool {
        let only = self.only.as_deref();
        only.is_none_or(|only| format!("{scenario}: {row}").contains(only))
    }
}
