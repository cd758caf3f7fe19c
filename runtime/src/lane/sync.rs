//! What the pool takes from the standard library, in one place, so that a model can put its own here.

use std::io;
use std::thread;

pub(super) use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Starts a thread that nobody waits for.
pub(super) fn start_thread(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map(drop)
}
