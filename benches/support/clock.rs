//! Two clocks, and where the process may run.

use std::ops::Sub;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// A moment on both clocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    wall: Instant,
    cpu: Duration,
}

/// What has passed between two moments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Passed {
    pub(crate) wall: Duration,
    /// The time that all threads of the process were at work, together.
    pub(crate) cpu: Duration,
}

impl Moment {
    pub(crate) fn now() -> Self {
        let cpu = clock_gettime(ClockId::ProcessCPUTime);
        let cpu = Duration::try_from(cpu).unwrap_or_default();
        Self {
            wall: Instant::now(),
            cpu,
        }
    }
}

impl Sub for Moment {
    type Output = Passed;

    fn sub(self, earlier: Self) -> Passed {
        Passed {
            wall: self.wall - earlier.wall,
            cpu: self.cpu.saturating_sub(earlier.cpu),
        }
    }
}

/// How many CPUs the process may run on.
#[cfg(target_os = "linux")]
pub(crate) fn cpus() -> usize {
    let set = rustix::thread::sched_getaffinity(None);
    set.map_or_else(|_| available(), |set| set.count() as usize)
}

/// How many CPUs the process may run on.
#[cfg(not(target_os = "linux"))]
pub(crate) fn cpus() -> usize {
    available()
}

fn available() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
