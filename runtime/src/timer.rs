//! [`Alarm`]: a time limit that costs nothing where nothing waits.
//!
//! A timer is started when the work is first found waiting: what is done at once needs none, and runs
//! on runtimes that have none.

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

/// Awaits `future` for as long as `limit`; `None` if it takes longer. Where the runtime has no timers
/// there is no limit.
pub(crate) async fn within<F: Future>(limit: Duration, future: F) -> Option<F::Output> {
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
    let runtime = Handle::try_current().ok()?.id();
    if without_timers(|known| known.contains(&runtime)) {
        return None;
    }
    // tokio cannot be asked, it panics.
    let sleep = contain(|| tokio::time::sleep_until(deadline));
    if sleep.is_none() && without_timers(|known| known.insert(runtime)) {
        tracing::warn!(
            "the runtime has no timers, so no time limit holds: build it with `enable_time`"
        );
    }
    sleep
}

/// The runtimes that are known to have no timers.
fn without_timers<T>(look: impl FnOnce(&mut HashSet<Id>) -> T) -> T {
    static KNOWN: Mutex<Option<HashSet<Id>>> = Mutex::new(None);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    look(known.get_or_insert_default())
}
