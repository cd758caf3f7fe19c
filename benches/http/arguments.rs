//! What the command line asks for.

use hueless_benches::CommandLine;

use crate::AnyError;
use crate::server::Kind;

const USAGE: &str = "usage: cargo bench -p hueless-benches --bench http -- \
    [--seconds SECONDS] [--only SCENARIO] [--json FILE]\n\
    \x20 --seconds  how long each round of each contestant is measured, in whole seconds, 3 if not given\n\
    \x20 --only     measure this scenario only; may be given more than once\n\
    \x20 --json     also write the rows to this file; a relative path starts at benches/";

/// The longest round, and the shortest.
const SECONDS: std::ops::RangeInclusive<u64> = 1..=600;

/// The option by which the bench starts itself as a server.
pub(crate) const SERVE: &str = "--serve";

/// What this process is to do.
#[derive(Debug)]
pub(crate) enum Command {
    /// Be one of the servers.
    Serve(Kind),
    /// Check or measure the servers.
    Bench(Arguments),
}

/// The parsed command line of a bench.
#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) common: CommandLine,
    /// How long one round of one contestant is measured.
    pub(crate) seconds: u64,
    /// The names of the scenarios that are asked for; none means all.
    pub(crate) only: Vec<String>,
}

impl Command {
    /// Parses the arguments that follow the program's name. An error is a message for the user.
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, AnyError> {
        let mut serve = None;
        let mut seconds = 3;
        let mut only = Vec::new();
        let common = CommandLine::parse(USAGE, arguments, |option| {
            match option.name() {
                "--seconds" => seconds = option.number(SECONDS)?,
                "--only" => only.push(option.value()?),
                SERVE => serve = Some(option.value()?),
                _ => return Err(option.unknown()),
            }
            Ok(())
        })?;
        match serve {
            Some(name) => Ok(Self::Serve(Kind::named(&name)?)),
            None => Ok(Self::Bench(Arguments {
                common,
                seconds,
                only,
            })),
        }
    }
}
