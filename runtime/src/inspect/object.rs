//! [`Object`]: writes a JSON object.

use std::fmt::{Display, Write as _};
use std::time::Duration;

use super::histogram::Histogram;
use crate::json::quoted;

/// A JSON object on its way.
#[derive(Debug, Default)]
pub(super) struct Object(String);

impl Object {
    /// A field that is a string.
    pub(super) fn text(self, name: &str, text: &str) -> Self {
        self.raw(name, quoted(text))
    }

    /// A field that is a count, `null` if there is none.
    pub(super) fn number(self, name: &str, number: impl Into<Count>) -> Self {
        match number.into() {
            Count(Some(number)) => self.raw(name, number),
            Count(None) => self.raw(name, "null"),
        }
    }

    /// A field that is a time in microseconds, `null` if there is none.
    pub(super) fn time(self, name: &str, time: Option<Duration>) -> Self {
        match time {
            Some(time) => self.raw(
                name,
                format_args!("{}.{:03}", time.as_micros(), time.subsec_nanos() % 1_000),
            ),
            None => self.raw(name, "null"),
        }
    }

    /// A field that says how long something took.
    pub(super) fn times(self, name: &str, times: &Histogram) -> Self {
        let object = Self::default()
            .number("count", times.count())
            .time("mean_us", times.mean())
            .time("p50_us", times.percentile(50))
            .time("p99_us", times.percentile(99))
            .time("longest_us", times.longest());
        self.raw(name, object.finish())
    }

    pub(super) fn array(self, name: &str, objects: impl IntoIterator<Item = Self>) -> Self {
        let objects: Vec<String> = objects.into_iter().map(Self::finish).collect();
        self.raw(name, format_args!("[{}]", objects.join(",")))
    }

    pub(super) fn object(self, name: &str, object: Self) -> Self {
        self.raw(name, object.finish())
    }

    pub(super) fn finish(self) -> String {
        format!("{{{}}}", self.0)
    }

    fn raw(mut self, name: &str, json: impl Display) -> Self {
        let comma = if self.0.is_empty() { "" } else { "," };
        // Text is always written whole.
        write!(self.0, "{comma}{}:{json}", quoted(name)).ok();
        self
    }
}

/// How many, if that is known.
pub(super) struct Count(Option<u64>);

impl From<u64> for Count {
    fn from(number: u64) -> Self {
        Self(Some(number))
    }
}

impl From<usize> for Count {
    fn from(number: usize) -> Self {
        Self(Some(number as u64))
    }
}

impl From<Option<u64>> for Count {
    fn from(number: Option<u64>) -> Self {
        Self(number)
    }
}
