//! What the pool takes from the standard library, here on the primitives of the model.
//!
//! The model has no time. Who waits on a condition is registered in the [world](super::world), which
//! can have it wait too long.

use std::io;
use std::ops::{Deref, DerefMut};
use std::sync::LockResult;
use std::time::Duration;

use shuttle::sync as model;
use shuttle::thread;

use super::world;

pub(super) use std::sync::{Arc, PoisonError};

/// A mutex that knows who holds it.
pub(super) struct Mutex<T>(model::Mutex<T>);

impl<T> Mutex<T> {
    pub(super) fn new(value: T) -> Self {
        Self(model::Mutex::new(value))
    }

    #[expect(clippy::unnecessary_wraps, reason = "as in the standard library")]
    pub(super) fn lock(&self) -> LockResult<MutexGuard<'_, T>> {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        world::locks();
        Ok(MutexGuard {
            mutex: self,
            inner: Some(inner),
        })
    }
}

pub(super) struct MutexGuard<'a, T> {
    mutex: &'a Mutex<T>,
    /// `None` only while it is dropped.
    inner: Option<model::MutexGuard<'a, T>>,
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.inner.as_ref().expect("the mutex is locked")
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.inner.as_mut().expect("the mutex is locked")
    }
}

impl<T> Drop for MutexGuard<'_, T> {
    fn drop(&mut self) {
        // Others may go on before it is released, and not again before what follows.
        self.inner = None;
        world::unlocks();
    }
}

/// A condition. Whom it tells of those who wait is a choice of the model; who has waited too long and
/// does not know it yet can be told as well.
pub(super) struct Condvar(usize);

impl Condvar {
    pub(super) fn new() -> Self {
        Self(world::new_condition())
    }

    pub(super) fn wait<'a, T>(&self, guard: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
        self.wait_until(guard, false).0
    }

    #[expect(clippy::unnecessary_wraps, reason = "as in the standard library")]
    pub(super) fn wait_timeout<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        _: Duration,
    ) -> LockResult<(MutexGuard<'a, T>, Timeout)> {
        let (guard, has_timed_out) = self.wait_until(guard, true);
        Ok((guard, Timeout(has_timed_out)))
    }

    /// Returns whether it took too long.
    fn wait_until<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
        can_time_out: bool,
    ) -> (MutexGuard<'a, T>, bool) {
        let mutex = guard.mutex;
        drop(guard);
        // Nobody has gone on since the release.
        let has_timed_out = world::wait(self.0, can_time_out);
        let guard = mutex.lock().unwrap_or_else(PoisonError::into_inner);
        (guard, has_timed_out)
    }

    pub(super) fn notify_one(&self) {
        world::others_may_go_on();
        world::tell_one(self.0);
    }

    pub(super) fn notify_all(&self) {
        world::others_may_go_on();
        world::tell_all(self.0);
    }
}

/// Whether a wait took too long.
pub(super) struct Timeout(bool);

impl Timeout {
    pub(super) fn timed_out(&self) -> bool {
        self.0
    }
}

/// Starts a thread, unless the world refuses.
pub(super) fn start_thread(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    world::others_may_go_on();
    if world::refuses_to_start() {
        return Err(io::ErrorKind::WouldBlock.into());
    }
    world::starts();
    let thread = thread::Builder::new().name(name.to_owned()).spawn(|| {
        work();
        world::ends();
    })?;
    world::has_started(thread);
    Ok(())
}
