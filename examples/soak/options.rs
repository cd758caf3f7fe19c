//! What the command line says.

use std::time::Duration;

/// What the command line says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    pub(crate) time: Duration,
    pub(crate) connections: usize,
}

impl Options {
    pub(crate) fn read() -> Result<Self, String> {
        let mut options = Self {
            time: Duration::from_secs(20),
            connections: 500,
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let number = words.next().and_then(|number| number.parse().ok());
            match (&*word, number) {
                ("--seconds", Some(seconds @ 1..)) => options.time = Duration::from_secs(seconds),
                ("--connections", Some(number @ 1..=100_000)) => {
                    options.connections = usize::try_from(number).unwrap_or(usize::MAX);
                }
                _ => return Err("usage: soak [--seconds <n>] [--connections <n>]".to_owned()),
            }
        }
        Ok(options)
    }
}
