//! `limit` and `queue`: how many values live at once, and who waits for one.

use std::sync::atomic::{AtomicUsize, Ordering};

use hueless::{BoxError, Failure};

mod ends;
mod no_value;
mod order;
mod plans;
mod queue;
mod values;

/// How many of something live, and how many did at once.
struct Count {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Count {
    const fn new() -> Self {
        Self {
            now: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        }
    }

    fn one(&'static self) -> Live {
        let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        Live(self)
    }

    fn now(&self) -> usize {
        self.now.load(Ordering::SeqCst)
    }

    /// How many lived at once since this was last asked.
    fn take_most(&self) -> usize {
        self.most.swap(0, Ordering::SeqCst)
    }
}

/// One of them.
struct Live(&'static Count);

impl Drop for Live {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Lets others go on, so often.
async fn give_way(times: usize) {
    for _ in 0..times {
        tokio::task::yield_now().await;
    }
}

/// The failure that a request was rejected with.
fn failure<R>(result: Result<R, BoxError>) -> Failure {
    match result {
        Ok(_) => panic!("it was to be rejected"),
        Err(error) => *error.downcast().expect("a failure of hueless's own"),
    }
}

/// Whether a slot is free, which a handler takes that does nothing else.
macro_rules! is_free {
    ($app:expr, $handler:ident) => {{
        let asked = $app.run($handler::handler, hueless::Call::new());
        let mut asked = std::pin::pin!(asked);
        futures_util::poll!(asked.as_mut()).is_ready()
    }};
}
use is_free;

/// Waits until a slot is free.
macro_rules! gets_free {
    ($app:expr, $handler:ident) => {{
        let asked = $app.run($handler::handler, hueless::Call::new());
        let asked = tokio::time::timeout(crate::support::PATIENCE, asked).await;
        asked.expect("a slot gets free").unwrap()
    }};
}
use gets_free;

/// Runs a handler on a task of its own.
macro_rules! spawn {
    ($app:expr, $handler:ident) => {{
        let app = $app.clone();
        tokio::spawn(async move { app.run($handler::handler, hueless::Call::new()).await })
    }};
}
use spawn;
