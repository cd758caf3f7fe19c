//! [`Alarm`]: a time limit that costs nothing where nothing waits.
//!
//! A timer is started when the work is first found waiting: what is done at once needs none, and runs
//! on runtimes that have none.

use std::cell::Cell;
use std::collections::HashSet;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::runtime::{Handle, Id};
use tokio::time::{Instant, Sleep};

use crate::unwind::contain;

/// A point in time to wait for.
#[derive(Debug)]
pub(crate) struct Alarm {
    deadline: Instant,
    timer: Timer,
}

#[derive(Debug)]
enum Timer {
    Unset,
    Set(Pin<Box<Sleep>>),
    /// The runtime has no timers.
    Missing,
}

impl Alarm {
    pub(crate) fn at(deadline: Instant) -> Self {
        Self {
            deadline,
            timer: Timer::Unset,
        }
    }

    /// An alarm after `limit` from now; far in the future if that cannot be told.
    pub(crate) fn after(limit: Duration) -> Self {
        Self::at(deadline(limit))
    }

    /// Waits until it rings.
    pub(crate) async fn ring(mut self) -> Rings {
        std::future::poll_fn(|context| self.poll(context)).await
    }

    /// Ready once the time has come, or at once where the runtime has no timers.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Rings> {
        if let Timer::Unset = self.timer {
            self.timer = match start(self.deadline) {
                Some(sleep) => Timer::Set(Box::pin(sleep)),
                None => Timer::Missing,
            };
        }
        match &mut self.timer {
            Timer::Set(sleep) => sleep.as_mut().poll(context).map(|()| Rings::InTime),
            Timer::Unset | Timer::Missing => Poll::Ready(Rings::ForWantOfATimer),
        }
    }
}

/// Why an alarm rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rings {
    /// The time has come.
    InTime,
    /// The runtime has no timers.
    ForWantOfATimer,
}

/// The point in time `limit` from now.
pub(crate) fn deadline(limit: Duration) -> Instant {
    const FAR: Duration = Duration::from_secs(60 * 60 * 24 * 365 * 30);
    Instant::now() + limit.min(FAR)
}

/// As a limit for [`within`]: none.
pub(crate) const UNLIMITED: Duration = Duration::MAX;

/// Awaits `future` for as long as `limit`; `None` if it takes longer. Where the runtime has no timers
/// there is no limit.
pub(crate) async fn within<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
    if limit == UNLIMITED {
        return Some(future.await);
    }
    let mut future = std::pin::pin!(future);
    let mut alarm = Alarm::after(limit);
    std::future::poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => match alarm.poll(context) {
            Poll::Ready(Rings::InTime) => Poll::Ready(None),
            Poll::Ready(Rings::ForWantOfATimer) | Poll::Pending => Poll::Pending,
        },
    })
    .await
}

/// Starts a timer; `None` where the runtime has none.
fn start(deadline: Instant) -> Option<Sleep> {
    // tokio cannot be asked, it panics: also where the runtime is another one by now.
    if has_timers() {
        contain(|| tokio::time::sleep_until(deadline))
    } else {
        None
    }
}

/// Whether the current runtime has timers; `false` where there is none.
pub(crate) fn has_timers() -> bool {
    thread_local! {
        /// What was found for the last runtime on this thread, which rarely serves two.
        static LAST: Cell<Option<(Id, bool)>> = const { Cell::new(None) };
    }
    let Ok(runtime) = Handle::try_current() else {
        return false;
    };
    let runtime = runtime.id();
    match LAST.get() {
        Some((last, has_timers)) if last == runtime => has_timers,
        _ => {
            let has_timers = find_timers(runtime);
            LAST.set(Some((runtime, has_timers)));
            has_timers
        }
    }
}

/// Tries whether the current runtime has timers, unless it is known to have none: the panic is printed
/// once, and the warning said once.
fn find_timers(runtime: Id) -> bool {
    static WITHOUT: Mutex<Option<HashSet<Id>>> = Mutex::new(None);
    let mut without = WITHOUT.lock().unwrap_or_else(PoisonError::into_inner);
    let without = without.get_or_insert_default();
    if without.contains(&runtime) {
        return false;
    }
    let has_timers = contain(|| drop(tokio::time::sleep(Duration::ZERO))).is_some();
    if !has_timers {
        without.insert(runtime);
        tracing::warn!(
            "the runtime has no timers, so what has a `timeout` fails, and other limits do not hold: \
             build it with `enable_time`"
        );
    }
    has_timers
}
