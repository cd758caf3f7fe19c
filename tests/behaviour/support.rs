//! What the tests share: runtimes, a log, and meeting points that fail instead of hanging.

use std::sync::{Condvar, Mutex, PoisonError};
use std::thread::ThreadId;
use std::time::Duration;

use hueless::{App, AppBuilder, BoxError, Call, Context, Invocation, Reply};
use tokio::sync::Notify;

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

/// Each kind of runtime, with one thread that drives tasks.
pub(crate) fn runtimes() -> [tokio::runtime::Runtime; 2] {
    let mut multi_thread = tokio::runtime::Builder::new_multi_thread();
    multi_thread.worker_threads(1);
    [multi_thread, tokio::runtime::Builder::new_current_thread()]
        .map(|mut builder| builder.enable_all().build().expect("a runtime starts"))
}

/// Runs a test on each runtime with an app that resolves concurrently, and with one that does not.
pub(crate) fn in_each_app<T: Future<Output = ()>>(test: impl Fn(App) -> T) {
    in_each_app_with(|builder| builder, test);
}

/// The same with settings.
pub(crate) fn in_each_app_with<C, T: Future<Output = ()>>(
    settings: impl Fn(AppBuilder) -> AppBuilder<C>,
    test: impl Fn(App) -> T,
) {
    on_each_runtime(|| async {
        for app in both_kinds(&settings) {
            test(app).await;
        }
    });
}

/// Runs a test on a clock that stands still: it moves on when nothing can be done but to wait for it,
/// and not while a thread blocks. A test that hangs fails, though its own time stands still too.
pub(crate) fn on_a_paused_clock<T: Future<Output = ()>>(test: impl FnOnce() -> T + Send + 'static) {
    let (done, result) = std::sync::mpsc::channel();
    let running = std::thread::spawn(move || {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().start_paused(true).build();
        runtime.expect("a runtime starts").block_on(test());
        drop(done);
    });
    let hangs = std::sync::mpsc::RecvTimeoutError::Timeout;
    assert_ne!(
        result.recv_timeout(PATIENCE),
        Err::<(), _>(hangs),
        "it hangs"
    );
    if let Err(panic) = running.join() {
        std::panic::resume_unwind(panic);
    }
}

/// Both kinds of app, with settings.
pub(crate) fn both_kinds<C>(settings: impl Fn(AppBuilder) -> AppBuilder<C>) -> [App; 2] {
    [App::builder(), App::builder().sequential()]
        .map(|builder| settings(builder).build().expect("nothing is set wrongly"))
}

/// Waits until nothing goes on any more: no teardown, no background work.
pub(crate) async fn is_over(app: &App) {
    app.shutdown(PATIENCE).await.expect("everything ends");
}

/// Runs a test on a runtime whose clock stands still, but for what the test waits for.
pub(crate) fn with_time_paused(test: impl Future<Output = ()>) {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    let runtime = builder.enable_all().start_paused(true).build();
    runtime.expect("a runtime starts").block_on(test);
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

    /// The same with commas, for events of several words.
    pub(crate) fn take_list(&self) -> String {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).join(", ")
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
    woken: Notify,
}

impl Signal {
    pub(crate) const fn new() -> Self {
        Self {
            given: Mutex::new(false),
            changed: Condvar::new(),
            woken: Notify::const_new(),
        }
    }

    pub(crate) fn give(&self) {
        *self.given.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
        self.woken.notify_waiters();
    }

    pub(crate) fn reset(&self) {
        *self.given.lock().unwrap_or_else(PoisonError::into_inner) = false;
    }

    pub(crate) fn is_given(&self) -> bool {
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
        tokio::time::timeout(PATIENCE, self.wait_for_ever())
            .await
            .expect("the signal is given in time");
    }

    /// Waits until the signal is given, on a runtime without time or with one of its own.
    pub(crate) async fn wait_for_ever(&self) {
        loop {
            let mut woken = std::pin::pin!(self.woken.notified());
            woken.as_mut().enable();
            if self.is_given() {
                return;
            }
            woken.await;
        }
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
