//! Other systems do not tell it of another process.

use std::time::Duration;

use crate::AnyError;

const UNKNOWN: &str = "the CPU time of another process is read on Linux only";

pub(crate) fn time(_: u32) -> Result<Duration, AnyError> {
    Err(UNKNOWN.into())
}

pub(super) fn ended_children() -> Result<Duration, AnyError> {
    Err(UNKNOWN.into())
}

pub(super) fn all() -> Result<Duration, AnyError> {
    Err(UNKNOWN.into())
}
