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

/// The seat on which this thread works.
#[inline]
pub(crate) fn current_seat() -> Option<Seat> {
    CURRENT.with_borrow(|current| current.as_ref()?.seat.clone())
}

/// This thread works on no seat from now on: whoever is told of what it did finds that given back.
pub(super) fn leave_seat() {
    let seat = CURRENT.with_borrow_mut(|current| current.as_mut()?.seat.take());
    // It may wake somebody who waits for one.
    drop(seat);
}

/// Runs code of a run. While it runs, what was set on the thread before is in the place of `current`:
/// nothing is cloned or dropped, for this is done at every poll.
#[inline]
pub(crate) fn with<T>(current: &mut Option<Current>, code: impl FnOnce() -> T) -> T {
    struct Restore<'a>(&'a mut Option<Current>);
    impl Drop for Restore<'_> {
        #[inline]
        fn drop(&mut self) {
            swap(self.0);
        }
    }
    swap(current);
    let _restore = Restore(current);
    code()
}

#[inline]
fn swap(current: &mut Option<Current>) {
    CURRENT.with_borrow_mut(|set| std::mem::swap(set, current));
}

/// Awaits a future of a run.
pub(crate) async fn wrap<F: Future>(lane: Lane, future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut current = Some(lane.current());
    std::future::poll_fn(|context| {
        lane.update(&mut current);
        with(&mut current, || future.as_mut().poll(context))
    })
    .await
}
