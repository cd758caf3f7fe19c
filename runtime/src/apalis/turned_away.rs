//! [`TurnedAway`]: jobs that an app has no seat for yet hold back those behind them.
//!
//! A job that is turned away has a place in the worker and none in the app. If the worker went on to
//! take jobs, all of the queue would end up in its memory, and other processes would find it empty.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

/// How many jobs were turned away and wait to try again.
#[derive(Debug, Clone, Default)]
pub(super) struct TurnedAway(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    jobs: usize,
    /// Of those who want to bring more: several, where a layer has cloned the service.
    wakers: Vec<Waker>,
}

impl TurnedAway {
    /// Ready when none waits.
    pub(super) fn poll_none(&self, context: &mut Context<'_>) -> Poll<()> {
        self.with(|waiting| {
            if waiting.jobs == 0 {
                return Poll::Ready(());
            }
            let waker = context.waker();
            if !waiting.wakers.iter().any(|known| known.will_wake(waker)) {
                waiting.wakers.push(waker.clone());
            }
            Poll::Pending
        })
    }

    /// One more waits, for as long as what is returned is kept.
    pub(super) fn enter(&self) -> Place {
        self.with(|waiting| waiting.jobs += 1);
        Place(self.clone())
    }

    fn with<R>(&self, change: impl FnOnce(&mut Waiting) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The place of one that waits.
#[derive(Debug)]
pub(super) struct Place(TurnedAway);

impl Drop for Place {
    fn drop(&mut self) {
        let wakers = self.0.with(|waiting| {
            waiting.jobs -= 1;
            match waiting.jobs {
                0 => std::mem::take(&mut waiting.wakers),
                _ => Vec::new(),
            }
        });
        // After the lock is given back: a waker may poll at once.
        wakers.into_iter().for_each(Waker::wake);
    }
}

#[cfg(test)]
mod tests {
    use super::TurnedAway;
    use futures_util::FutureExt;
    use std::future::poll_fn;
    use std::pin::pin;

    #[test]
    fn who_wants_to_bring_more_is_woken_when_the_last_has_left() {
        let turned_away = TurnedAway::default();
        let none = || poll_fn(|context| turned_away.poll_none(context));
        assert!(none().now_or_never().is_some());

        let (one, other) = (turned_away.enter(), turned_away.enter());
        let mut waiting = pin!(none());
        assert!(waiting.as_mut().now_or_never().is_none());
        drop(one);
        assert!(waiting.as_mut().now_or_never().is_none());
        drop(other);
        assert!(waiting.now_or_never().is_some());
    }
}
