//! What the command line asks for.

use std::path::{Path, PathBuf};

use crate::AnyError;
use crate::server::Kind;

const USAGE: &str = "usage: cargo bench -p hueless-benches --bench http -- \
    [--seconds SECONDS] [--only SCENARIO] [--json FILE]\n\
    \x20 --seconds  how long each round of each contestant is measured, 3 if not given\n\
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
    bench: bool,
    test: bool,
    seconds: u64,
    only: Vec<String>,
    json: Option<PathBuf>,
}

impl Command {
    /// Parses the arguments that follow the program's name. An error is a message for the user.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, AnyError> {
        let mut parsed = Arguments {
            bench: false,
            test: false,
            seconds: 3,
            only: Vec::new(),
            json: None,
        };
        while let Some(argument) = arguments.next() {
            let mut value = || {
                let value = arguments.next();
                value.ok_or_else(|| format!("`{argument}` takes a value\n{USAGE}"))
            };
            match argument.as_str() {
                "--bench" => parsed.bench = true,
                "--test" => parsed.test = true,
                "--seconds" => parsed.seconds = seconds(&value()?)?,
                "--only" => parsed.only.push(value()?),
                "--json" => parsed.json = Some(value()?.into()),
                SERVE => return Ok(Self::Serve(Kind::named(&value()?)?)),
                _ => return Err(format!("unknown argument `{argument}`\n{USAGE}").into()),
            }
        }
        Ok(Self::Bench(parsed))
    }
}

impl Arguments {
    /// Whether to measure. Cargo says `--bench` to a bench that `cargo bench` runs, and nothing to one
    /// that `cargo test --benches` runs.
    pub(crate) fn measures(&self) -> bool {
        self.bench && !self.test
    }

    /// How long one round of one contestant is measured.
    pub(crate) fn seconds(&self) -> u64 {
        self.seconds
    }

    /// The names of the scenarios that are asked for; none means all.
    pub(crate) fn only(&self) -> &[String] {
        &self.only
    }

    /// Where the rows are to be written as well.
    pub(crate) fn json(&self) -> Option<&Path> {
        self.json.as_deref()
    }
}

fn seconds(value: &str) -> Result<u64, String> {
    let seconds = value.parse().ok();
    seconds
        .filter(|seconds| SECONDS.contains(seconds))
        .ok_or_else(|| {
            let (least, most) = (SECONDS.start(), SECONDS.end());
            format!("`--seconds` takes a whole number from {least} to {most}\n{USAGE}")
        })
}
