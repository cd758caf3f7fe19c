//! The CPU time that processes have taken, and how much of the machine others took meanwhile.

#[cfg_attr(target_os = "linux", path = "cpu/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "cpu/elsewhere.rs")]
mod system;

pub(crate) use self::system::time;

use std::time::{Duration, Instant};

use crate::AnyError;

/// A moment before something is measured.
#[derive(Debug)]
pub(crate) struct Moment {
    at: Instant,
    /// The time of all processes of the machine so far.
    all: Duration,
    /// That of the children of this process that have ended.
    ended: Duration,
}

impl Moment {
    pub(crate) fn now() -> Result<Self, AnyError> {
        Ok(Self {
            at: Instant::now(),
            all: system::all()?,
            ended: system::ended_children()?,
        })
    }

    /// The percentage of the machine that others have taken since then: neither the children of this
    /// process that have ended meanwhile, nor a server that took so much.
    pub(crate) fn others(&self, server: Duration) -> Result<f64, AnyError> {
        let ours = server + system::ended_children()?.saturating_sub(self.ended);
        let others = system::all()?.saturating_sub(self.all).saturating_sub(ours);
        let cores = std::thread::available_parallelism()?.get() as f64;
        Ok(100.0 * others.as_secs_f64() / (self.at.elapsed().as_secs_f64() * cores))
    }
}
