//! [`Competitor`]: one way to do what a scenario asks for.

use std::fmt;
use std::hint::black_box;

use futures_util::future::{BoxFuture, LocalBoxFuture};

/// One way to do what a scenario asks for: a row of the report.
pub struct Competitor {
    pub(crate) name: String,
    pub(crate) gives: u64,
    pub(crate) code: Code,
    pub(crate) note: Option<&'static str>,
    /// How many units of the scenario it does each time.
    pub(crate) units: u32,
    /// How many bytes the future is that does it once.
    pub(crate) future: Option<usize>,
    pub(crate) figures: Vec<Figure>,
}

/// Does it so many times, and returns what came of the last time.
pub(crate) enum Code {
    /// On a task of the runtime.
    Task(Box<dyn Fn(u32) -> BoxFuture<'static, u64>>),
    /// On the thread that asks, which waits for it.
    Caller(Box<dyn Fn(u32) -> LocalBoxFuture<'static, u64>>),
}

/// Something else to be known of a competitor.
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) read: Box<dyn Fn() -> f64>,
}

impl Competitor {
    /// What `run` does each time comes to the value `gives`.
    pub fn new<F, T>(name: impl Into<String>, gives: u64, run: F) -> Self
    where
        F: Fn() -> T + Clone + Send + 'static,
        T: Future<Output = u64> + Send + 'static,
    {
        Self {
            future: Some(size_of::<T>()),
            ..Self::batches(name, gives, move |times| repeat(run.clone(), times))
        }
    }

    /// The same for futures that stay on a thread.
    pub fn on_caller<F, T>(name: impl Into<String>, gives: u64, run: F) -> Self
    where
        F: Fn() -> T + Clone + 'static,
        T: Future<Output = u64> + 'static,
    {
        let batch =
            move |times| -> LocalBoxFuture<'static, u64> { Box::pin(repeat(run.clone(), times)) };
        Self {
            future: Some(size_of::<T>()),
            ..Self::of(name.into(), gives, Code::Caller(Box::new(batch)))
        }
    }

    /// `batch` does it as often as it is told.
    pub fn batches<F, T>(name: impl Into<String>, gives: u64, batch: F) -> Self
    where
        F: Fn(u32) -> T + 'static,
        T: Future<Output = u64> + Send + 'static,
    {
        let batch = move |times| -> BoxFuture<'static, u64> { Box::pin(batch(times)) };
        Self::of(name.into(), gives, Code::Task(Box::new(batch)))
    }

    fn of(name: String, gives: u64, code: Code) -> Self {
        Self {
            name,
            gives,
            code,
            note: None,
            units: 1,
            future: None,
            figures: Vec::new(),
        }
    }

    /// The name of the row.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What a reader has to know of it, below the table.
    #[must_use]
    pub fn note(mut self, note: &'static str) -> Self {
        self.note = Some(note);
        self
    }

    /// What is reported is for one of so many equal parts.
    #[must_use]
    pub fn units(mut self, units: u32) -> Self {
        self.units = units;
        self
    }

    /// Another number of the row, read when everything is measured.
    #[must_use]
    pub fn figure(mut self, name: &'static str, read: impl Fn() -> f64 + 'static) -> Self {
        let read = Box::new(read);
        self.figures.push(Figure { name, read });
        self
    }
}

async fn repeat<T: Future<Output = u64>>(run: impl Fn() -> T, times: u32) -> u64 {
    let mut last = 0;
    for _ in 0..times {
        last = black_box(run().await);
    }
    last
}

impl fmt::Debug for Competitor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Competitor")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
