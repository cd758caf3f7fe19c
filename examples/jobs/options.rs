//! What the command line says.

use std::env;
use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use hueless::dependency;

pub(crate) const USAGE: &str = "\
usage: jobs [serve | worker] [<option>...]

  serve                run the endpoint only
  worker               run a worker only

  --sqlite <file>      keep the queue in this file (default: jobs.db)
  --postgres <url>     keep the queue in this PostgreSQL server
  --redis <url>        keep the queue in this Redis server
  --pictures <folder>  keep pictures and thumbnails here (default: pictures)
  --port <number>      the port of the endpoint, 0 for any free one (default: 3000)
  --tries <number>     how often to try an order of this endpoint, 1 to 25 (default: 25)
  --help               print this";

/// How often a job may be tried. Redis gives up after the 25th time, whatever it is told.
const TRIES: RangeInclusive<usize> = 1..=25;

/// What the command line says.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) role: Role,
    pub(crate) queue: Address,
    pub(crate) pictures: PathBuf,
    pub(crate) port: u16,
    pub(crate) tries: usize,
}

/// What holds where the command line says nothing else. `main` puts in its place what it says.
#[dependency(singleton, inline)]
pub(crate) fn options() -> Options {
    Options {
        role: Role::Everything,
        queue: Address::Sqlite("jobs.db".into()),
        pictures: "pictures".into(),
        port: 3000,
        tries: *TRIES.end(),
    }
}

/// What this process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Everything,
    Serve,
    Work,
}

impl Role {
    pub(crate) fn serves(self) -> bool {
        self != Self::Work
    }

    pub(crate) fn works(self) -> bool {
        self != Self::Serve
    }
}

/// Where the queue is.
#[derive(Debug, Clone)]
pub(crate) enum Address {
    Sqlite(PathBuf),
    Postgres(String),
    Redis(String),
}

impl Options {
    /// `None` if help is asked for; the error says what is wrong.
    pub(crate) fn read() -> Result<Option<Self>, String> {
        let mut words = env::args_os().skip(1).peekable();
        let role = match words.peek().and_then(|word| word.to_str()) {
            Some("serve") => Role::Serve,
            Some("worker") => Role::Work,
            _ => Role::Everything,
        };
        if role != Role::Everything {
            words.next();
        }
        let mut options = Self { role, ..options() };
        while let Some(word) = words.next() {
            let name = word.to_string_lossy();
            let mut value = |what| {
                let value = words.next().filter(|value| !value.is_empty());
                value.ok_or_else(|| format!("`{name}` needs {what}"))
            };
            match &*name {
                "--sqlite" => options.queue = Address::Sqlite(value("a file")?.into()),
                "--postgres" => options.queue = Address::Postgres(text(&name, value("a URL")?)?),
                "--redis" => options.queue = Address::Redis(text(&name, value("a URL")?)?),
                "--pictures" => options.pictures = value("a folder")?.into(),
                "--port" => options.port = number(&name, value("a number")?, 0..=u16::MAX)?,
                "--tries" => options.tries = number(&name, value("a number")?, TRIES)?,
                "--help" | "-h" => return Ok(None),
                _ => return Err(format!("unknown argument `{name}`")),
            }
        }
        Ok(Some(options))
    }
}

/// Paths need not be UTF-8; all else has to be.
fn text(name: &str, value: OsString) -> Result<String, String> {
    value
        .into_string()
        .map_err(|value| format!("`{name}` takes UTF-8 text, not `{}`", value.display()))
}

fn number<T>(name: &str, value: OsString, range: RangeInclusive<T>) -> Result<T, String>
where
    T: std::str::FromStr + std::fmt::Display + PartialOrd,
{
    let value = text(name, value)?;
    let number = value.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| {
        let (first, last) = range.into_inner();
        format!("`{name}` takes a number from {first} to {last}, not `{value}`")
    })
}
