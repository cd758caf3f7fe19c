//! What the command line asks for.

use hueless_benches::CommandLine;

const USAGE: &str = "usage: cargo bench -p hueless-benches --bench compile -- \
    [--handlers NUMBER] [--json FILE]\n\
    \x20 --handlers  how many handlers the application has, 200 if not given\n\
    \x20 --json      also write the rows to this file; a relative path starts at benches/";

/// The parsed command line.
#[derive(Debug)]
pub(crate) struct Arguments {
    pub(crate) common: CommandLine,
    /// How many handlers the application has.
    pub(crate) handlers: usize,
}

impl Arguments {
    /// Parses the arguments that follow the program's name. An error is a message for the user.
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut handlers = 200;
        let common = CommandLine::parse(USAGE, arguments, |option| {
            match option.name() {
                "--handlers" => handlers = option.number(1..=10_000)?,
                _ => return Err(option.unknown()),
            }
            Ok(())
        })?;
        Ok(Self { common, handlers })
    }
}
