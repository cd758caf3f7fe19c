//! What the command line says.

use std::path::PathBuf;

use hueless::dependency;

const USAGE: &str = "usage: jobs [serve | worker] [--sqlite <file> | --postgres <url> | --redis <url>] \
                     [--pictures <folder>] [--port <port>]";

/// What the command line says.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    pub(crate) role: Role,
    pub(crate) queue: Address,
    pub(crate) pictures: PathBuf,
    pub(crate) port: u16,
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
    pub(crate) fn read() -> Result<Self, String> {
        let mut words = std::env::args().skip(1).peekable();
        let role = match words.peek().map(String::as_str) {
            Some("serve") => Role::Serve,
            Some("worker") => Role::Work,
            _ => Role::Everything,
        };
        if role != Role::Everything {
            words.next();
        }
        let mut options = Self {
            role,
            queue: Address::Sqlite("jobs.db".into()),
            pictures: "pictures".into(),
            port: 3000,
        };
        while let Some(word) = words.next() {
            let value = words.next().ok_or(USAGE)?;
            match &*word {
                "--sqlite" => options.queue = Address::Sqlite(value.into()),
                "--postgres" => options.queue = Address::Postgres(value),
                "--redis" => options.queue = Address::Redis(value),
                "--pictures" => options.pictures = value.into(),
                "--port" => options.port = value.parse().map_err(|_| USAGE)?,
                _ => return Err(USAGE.to_owned()),
            }
        }
        Ok(options)
    }
}

/// The same for those who depend on it. The process ends at once where it cannot be read.
#[dependency(singleton, inline)]
pub(crate) fn options() -> Result<Options, crate::error::Error> {
    Options::read().map_err(crate::error::Error::Usage)
}
