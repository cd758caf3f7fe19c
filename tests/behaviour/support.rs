//! What the tests share: runtimes, a log, and meeting points that fail instead of hanging.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::ThreadId;
use std::time::Duration;

use hueless::{App, BoxError, Call, Context, Invocation, Reply};

/// Long enough for a loaded machine; reached only by a test that fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Runs a test on a multi-thread runtime and then on a current-thread one.
pub(crate) fn on_each_runtime<T: Future<Output = ()>>(test: impl Fn() -> T) {
    let mut multi_thread = tokio::runtime::Builder::new_multi_thread();
    multi_thread.worker_threads(2);
    for mut builder in [multi_thread, tokio::runtime::Builder::new_current_thread()] {
        let runtime = builder.enable_all().build().expect("a runtime starts");
        runtime.block_on(async {
            tokio::time::timeout(PATIENCE, test())
                .await
                .expect("the test does not hang");
        });
    }
}

/// Runs a handler in an app of its own, and returns its value, or the text of its rejection.
pub(crate) async fn call<H, M, R, T>(
    handler: impl FnOnce(Invocation<H, Call, M>) -> T,
) -> Result<R, String>
where
    T: Future<Output = Result<Reply<R>, BoxError>>,
{
    call_in(&App::new(), handler).await
}

/// The same in an app that other requests share.
pub(crate) async fn call_in<H, M, R, T>(
    app: &App,
    handler: impl FnOnce(Invocation<H, Call, M>) -> T,
) -> Result<R, String>
where
    T: Future<Output = Result<Reply<R>, <Call as Context>::Rejection>>,
{
    app.run(handler, Call::new())
        .await
        .map_err(|error| error.to_string())
}

/// What happened, in order.
pub(crate) struct Log(Mutex<Vec<String>>);

impl Log {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    pub(crate) fn add(&self, event: impl Into<String>) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(event.into());
    }

    pub(crate) fn contains(&self, event: &str) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .iter()
            .any(|known| known == event)
    }

    /// The events so far, in one line; the log is empty afterwards.
    pub(crate) fn take(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).join(" ")
    }

    /// The events so far in alphabetical order, for what may happen in any; the log is empty
    /// afterwards.
    pub(crate) fn take_sorted(&self) -> String {
        let mut events =
            std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        events.sort();
        events.join(" ")
    }
}

/// An event that blocking and async code can wait for. It can be used again once it is reset.
pub(crate) struct Signal {
    given: Mutex<bool>,
    changed: Condvar,
}

impl Signal {
    pub(crate) const fn new() -> Self {
        Self {
            given: Mutex::new(false),
            changed: Condvar::new(),
        }
    }

    pub(crate) fn give(&self) {
        *self.given.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
    }

    pub(crate) fn reset(&self) {
        *self.given.lock().unwrap_or_else(PoisonError::into_inner) = false;
    }

    fn is_given(&self) -> bool {
        *self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Blocks this thread until the signal is given.
    pub(crate) fn wait_blocking(&self) {
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let (given, _) = self
            .changed
            .wait_timeout_while(given, PATIENCE, |given| !*given)
            .unwrap_or_else(PoisonError::into_inner);
        assert!(*given, "the signal is given in time");
    }

    /// Waits until the signal is given.
    pub(crate) async fn wait(&self) {
        let waiting = async {
            while !self.is_given() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .expect("the signal is given in time");
    }
}

/// Threads that work appeared on.
pub(crate) struct Threads(Mutex<Vec<(&'static str, ThreadId)>>);

impl Threads {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Notes that `node` runs on this thread.
    pub(crate) fn note(&self, node: &'static str) {
        let thread = std::thread::current().id();
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((node, thread));
    }

    pub(crate) fn of(&self, node: &str) -> ThreadId {
        let threads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = threads.iter().rev().find(|(name, _)| *name == node);
        found.unwrap_or_else(|| panic!("{node} has run")).1
    }
}

/// Says in a log that it was dropped.
pub(crate) struct SaysWhenDropped(pub(crate) &'static Log, pub(crate) &'static str);

impl Drop for SaysWhenDropped {
    fn drop(&mut self) {
        self.0.add(self.1);
    }
}
