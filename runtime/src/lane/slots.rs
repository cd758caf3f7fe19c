//! Slots: rights to have a value of a dependency that is limited.
//!
//! 1. A request takes the slots of one dependency at once, and those of several in the order in which
//!    the app got to know the dependencies. So requests never wait for each other in a circle.
//! 2. Who waits has no thread. Who came first is served first, also before one that needs fewer.
//! 3. A slot goes where the value goes: it is free again when the last handle to the value is gone,
//!    or when it is certain that there will be none.

use std::any::TypeId;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::failure::Failure;
use crate::meta::{Limit, Meta};

/// The limited dependencies of an app, in the order in which it got to know them.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    known: Mutex<Vec<Arc<Limited>>>,
}

impl Limits {
    /// What an app knows of a limited dependency.
    pub(crate) fn of(&self, meta: &'static Meta, limit: Limit) -> Arc<Limited> {
        let id = (meta.id)();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(limited) = known.iter().find(|limited| limited.id == id) {
            return Arc::clone(limited);
        }
        let limited = Arc::new(Limited::new(meta, limit, known.len()));
        known.push(Arc::clone(&limited));
        limited
    }

    /// How many slots are taken, and how many requests wait for some.
    pub(crate) fn standing(&self) -> (usize, usize) {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.iter().fold((0, 0), |(taken, waiting), limited| {
            (taken + limited.taken(), waiting + limited.waiting())
        })
    }
}

/// A dependency of which so many values may live at once.
#[derive(Debug)]
pub(crate) struct Limited {
    id: TypeId,
    name: &'static str,
    /// Its place among all of the app.
    order: usize,
    slots: Arc<Semaphore>,
    /// How many slots there are.
    count: usize,
    /// How many requests may wait.
    queue: Option<u32>,
    /// How many do.
    waiting: AtomicU32,
}

impl Limited {
    fn new(meta: &'static Meta, limit: Limit, order: usize) -> Self {
        let count = usize::try_from(limit.values).unwrap_or(usize::MAX);
        let count = count.min(Semaphore::MAX_PERMITS);
        Self {
            id: (meta.id)(),
            name: meta.name,
            order,
            slots: Arc::new(Semaphore::new(count)),
            count,
            queue: limit.queue,
            waiting: AtomicU32::new(0),
        }
    }

    /// Its place in the order in which a request takes slots.
    pub(crate) fn order(&self) -> usize {
        self.order
    }

    fn taken(&self) -> usize {
        self.count.saturating_sub(self.slots.available_permits())
    }

    fn waiting(&self) -> usize {
        usize::try_from(self.waiting.load(Ordering::Relaxed)).unwrap_or(usize::MAX)
    }

    /// So many slots, if they are free and nobody waits for them.
    pub(crate) fn try_take(&self, count: u32) -> Option<Slots> {
        let taken = Arc::clone(&self.slots).try_acquire_many_owned(count);
        taken.ok().map(|permit| Slots(Some(permit)))
    }

    /// So many slots, all at once.
    ///
    /// # Errors
    ///
    /// As many requests wait already as may.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped, its place in the queue is free.
    pub(crate) async fn take(&self, count: u32) -> Result<Slots, Failure> {
        if let Some(taken) = self.try_take(count) {
            return Ok(taken);
        }
        let _waiting = self.line_up()?;
        let taken = Arc::clone(&self.slots).acquire_many_owned(count).await;
        // Nobody closes it.
        let permit = taken.map_err(|_| Failure::internal(self.name))?;
        Ok(Slots(Some(permit)))
    }

    /// A place among those who wait.
    fn line_up(&self) -> Result<Waiting<'_>, Failure> {
        let most = self.queue.unwrap_or(u32::MAX);
        let one_more = |waiting| (waiting < most).then(|| waiting + 1);
        let (order, name) = (Ordering::Relaxed, self.name);
        match self.waiting.fetch_update(order, order, one_more) {
            Ok(_) => Ok(Waiting(self)),
            Err(_) => Err(Failure::overloaded(format!("a slot of `{name}`"))),
        }
    }
}

/// That a request waits.
struct Waiting<'limited>(&'limited Limited);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Slots that a request has taken, and that no node has yet.
#[derive(Debug)]
pub(crate) struct Slots(Option<OwnedSemaphorePermit>);

impl Slots {
    /// One of them, for a node.
    pub(crate) fn one(&mut self) -> Option<Slot> {
        let permit = match &mut self.0 {
            Some(permit) if permit.num_permits() > 1 => permit.split(1),
            last => last.take(),
        };
        permit.map(Slot)
    }
}

/// The right to have one value.
#[derive(Debug)]
pub(crate) struct Slot(
    #[expect(dead_code, reason = "what counts is when it is dropped")] OwnedSemaphorePermit,
);

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::FutureExt;

    use super::{Limited, Slots};
    use crate::Provider;
    use crate::meta::Limit;

    fn limited(values: u32, queue: Option<u32>) -> Arc<Limited> {
        let meta = <crate::Cancellation as Provider>::META;
        Arc::new(Limited::new(meta, Limit { values, queue }, 0))
    }

    fn taken(limited: &Limited, count: u32) -> Slots {
        let taken = limited.take(count).now_or_never();
        taken.expect("slots are free").expect("none wait")
    }

    #[test]
    fn slots_are_handed_out_one_by_one() {
        let limited = limited(3, None);
        let mut slots = taken(&limited, 2);
        let (one, other) = (slots.one(), slots.one());
        assert!(one.is_some() && other.is_some() && slots.one().is_none());
        assert!(limited.try_take(2).is_none());
        drop(one);
        assert!(limited.try_take(2).is_some());
    }

    #[test]
    fn who_comes_first_is_served_first_even_if_others_need_fewer() {
        let limited = limited(2, None);
        let (first, second) = (taken(&limited, 1), taken(&limited, 1));
        let mut both = Box::pin(limited.take(2));
        assert!(both.as_mut().now_or_never().is_none());
        drop(first);
        assert!(limited.try_take(1).is_none());
        assert!(both.as_mut().now_or_never().is_none());
        drop(second);
        assert!(both.now_or_never().is_some());
    }

    #[test]
    fn a_queue_has_so_many_places_and_a_waiter_that_is_gone_leaves_its_own() {
        let limited = limited(1, Some(1));
        let slot = taken(&limited, 1);
        let mut waits = Box::pin(limited.take(1));
        assert!(waits.as_mut().now_or_never().is_none());
        let refused = limited.take(1).now_or_never().unwrap().unwrap_err();
        assert!(refused.is_overloaded());
        drop(waits);
        let mut waits = Box::pin(limited.take(1));
        assert!(waits.as_mut().now_or_never().is_none());
        drop(slot);
        assert!(waits.now_or_never().unwrap().is_ok());
        assert!(limited.try_take(1).is_some());
    }
}
