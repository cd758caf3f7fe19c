//! Worker processes: this test binary again, told by variables what to do.

mod ledger;
mod process;
mod worker;

use std::collections::BTreeSet;

pub(crate) use self::ledger::{Entries, Ledger};
pub(crate) use self::process::Process;
pub(crate) use self::worker::{AT_ONCE, Chore, Kind, SPARE_ATTEMPTS, start};

/// The numbers of jobs.
pub(crate) type Numbers = BTreeSet<u32>;
