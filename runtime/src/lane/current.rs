//! [`Current`]: for which app, and on which seat, this thread works.

use std::cell::RefCell;

use super::{Lane, Seat};
use crate::app::App;

/// For whom a thread works.
#[derive(Debug, Clone)]
pub(crate) struct Current {
    pub(crate) app: App,
    pub(crate) seat: Option<Seat>,
}

thread_local! {
    static CURRENT: RefCell<Option<Current>> = const { RefCell::new(None) };
}

/// For whom this thread works, if it works for anybody.
pub(crate) fn current() -> Option<Current> {
    CURRENT.with_borrow(Clone::clone)
}

/// Runs code of a run.
pub(crate) fn with<T>(current: Current, code: impl FnOnce() -> T) -> T {
    struct Restore(Option<Current>);
    impl Drop for Restore {
        fn drop(&mut self) {
            let ended = CURRENT.replace(self.0.take());
            // It may be the last handle to an app.
            drop(ended);
        }
    }
    let _restore = Restore(CURRENT.replace(Some(current)));
    code()
}

/// Awaits a future of a run.
pub(crate) async fn wrap<F: Future>(lane: Lane, future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    std::future::poll_fn(|context| with(lane.current(), || future.as_mut().poll(context))).await
}
