//! What the command line asks for.

use std::time::Duration;

use hueless_benches::CommandLine;

const USAGE: &str = "usage: cargo bench -p hueless-benches --bench ping -- \
    [--seconds SECONDS] [--json FILE]\n\
    \x20 --seconds  how long each round of each competitor is measured, 3 if not given\n\
    \x20 --json     also write the rows to this file; a relative path starts at benches/";

/// The longest round, and the shortest.
const SECONDS: std::ops::RangeInclusive<f64> = 0.1..=600.0;

/// The parsed command line.
#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) common: CommandLine,
    /// How long one round of one competitor is measured.
    pub(crate) length: Duration,
}

impl Arguments {
    /// Parses the arguments that follow the program's name. An error is a message for the user.
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut length = Duration::from_secs(3);
        let common = CommandLine::parse(USAGE, arguments, |option| {
            match option.name() {
                "--seconds" => length = Duration::from_secs_f64(option.number(SECONDS)?),
                _ => return Err(option.unknown()),
            }
            Ok(())
        })?;
        Ok(Self { common, length })
    }
}
