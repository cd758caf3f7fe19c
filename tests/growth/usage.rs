//! What a process took.

use std::fmt;

use wait4::ResourceUsage;

/// The resources of a process and of the children it waited for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    /// On any CPU, for itself and in the kernel: not the time that passed.
    pub(crate) seconds: f64,
    /// Of the largest process, at its largest.
    pub(crate) mebibytes: f64,
}

impl Usage {
    /// The less of both.
    pub(crate) fn least(self, other: Self) -> Self {
        Self {
            seconds: self.seconds.min(other.seconds),
            mebibytes: self.mebibytes.min(other.mebibytes),
        }
    }
}

impl From<ResourceUsage> for Usage {
    fn from(usage: ResourceUsage) -> Self {
        Self {
            seconds: (usage.utime + usage.stime).as_secs_f64(),
            mebibytes: usage.maxrss as f64 / f64::from(1 << 20),
        }
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seconds, mebibytes } = self;
        write!(formatter, "{seconds:.2} s of CPU, {mebibytes:.0} MiB")
    }
}
