//! What the command line asks for.

use std::path::{Path, PathBuf};

use crate::AnyError;

const USAGE: &str = "usage: cargo bench -p hueless-benches --bench compile -- \
    [--handlers NUMBER] [--json FILE]\n\
    \x20 --handlers  how many handlers the application has, 200 if not given\n\
    \x20 --json      also write the rows to this file; a relative path starts at benches/";

/// The parsed command line.
#[derive(Debug)]
pub(crate) struct Arguments {
    bench: bool,
    test: bool,
    handlers: usize,
    json: Option<PathBuf>,
}

impl Arguments {
    /// Parses the arguments that follow the program's name. An error is a message for the user.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, AnyError> {
        let mut parsed = Self {
            bench: false,
            test: false,
            handlers: 200,
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
                "--handlers" => parsed.handlers = handlers(&value()?)?,
                "--json" => parsed.json = Some(value()?.into()),
                _ => return Err(format!("unknown argument `{argument}`\n{USAGE}").into()),
            }
        }
        Ok(parsed)
    }

    /// Whether to measure. Cargo says `--bench` to a bench that `cargo bench` runs, and nothing to one
    /// that `cargo test --benches` runs.
    pub(crate) fn measures(&self) -> bool {
        self.bench && !self.test
    }

    /// How many handlers the application has.
    pub(crate) fn handlers(&self) -> usize {
        self.handlers
    }

    /// Where the rows are to be written as well.
    pub(crate) fn json(&self) -> Option<&Path> {
        self.json.as_deref()
    }
}

fn handlers(value: &str) -> Result<usize, String> {
    let number = value.parse().ok();
    number
        .filter(|number| (1..=10_000).contains(number))
        .ok_or_else(|| format!("`--handlers` takes a number from 1 to 10000\n{USAGE}"))
}
