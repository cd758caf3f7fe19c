//! Linux tells all of it.

use std::time::Duration;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use nix::time::clock_getcpuclockid;
use nix::unistd::{Pid, SysconfVar, sysconf};

use crate::AnyError;

/// The time that all threads of a process have taken so far, those that have ended included.
pub(crate) fn time(process: u32) -> Result<Duration, AnyError> {
    let clock = clock_getcpuclockid(Pid::from_raw(process.try_into()?))?;
    Ok(clock.now()?.into())
}

/// The time that children of this process have taken that have ended.
pub(super) fn ended_children() -> Result<Duration, AnyError> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let [user, system] = [usage.user_time(), usage.system_time()].map(duration);
    Ok(user + system)
}

fn duration(time: TimeVal) -> Duration {
    let seconds = Duration::from_secs(time.tv_sec().unsigned_abs());
    seconds + Duration::from_micros(time.tv_usec().unsigned_abs())
}

/// The time that the machine has not been idle, what its host has taken away included.
pub(super) fn all() -> Result<Duration, AnyError> {
    let text = std::fs::read_to_string("/proc/stat")?;
    let first = text.lines().next().ok_or("/proc/stat is empty")?;
    let numbers: Vec<u64> = first
        .split_whitespace()
        .skip(1)
        .map_while(|one| one.parse().ok())
        .collect();
    // user, nice, system, idle, waiting for a disk, interrupts of two kinds, stolen by the host.
    let ticks: u64 = [0, 1, 2, 5, 6, 7]
        .iter()
        .filter_map(|index| numbers.get(*index))
        .sum();
    let per_second = sysconf(SysconfVar::CLK_TCK)?.ok_or("the clock has no ticks")?;
    Ok(Duration::from_secs_f64(ticks as f64 / per_second as f64))
}
