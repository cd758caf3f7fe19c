//! Every option.

use hueless::{Depends, dependency, handler};

/// Passed first.
///
/// # Errors
///
/// Never.
#[dependency(guard)]
pub async fn rate() -> Result<u8, String> {
    Ok(core::future::ready(1).await)
}

/// Passed second.
#[dependency(guard, inline, requires(rate))]
pub fn user(rate: Depends<rate>) -> u8 {
    *rate
}

/// Made once.
///
/// # Errors
///
/// Never.
#[dependency(singleton, crate = ::hueless)]
pub fn config() -> Result<u8, String> {
    Ok(1)
}

/// Made for each use.
#[dependency(transient, after(user, rate))]
pub fn buffer(config: Depends<config>) -> Vec<u8> {
    vec![*config]
}

/// Polled on the executor only.
#[dependency(executor, limit = 8, queue = 8)]
pub async fn clock(mut buffer: Depends<buffer>) -> Vec<u8> {
    buffer.push(core::future::ready(1).await);
    core::mem::take(&mut *buffer)
}

/// All options at once.
#[handler(inline, sequential, seat, requires(rate, user), after(config), crate = ::hueless)]
pub fn all(clock: Depends<clock>) -> usize {
    clock.len()
}

/// An old one.
#[deprecated = "take `all`"]
#[handler(sequential)]
pub async fn old(_user: Depends<user>, clock: Depends<clock>) -> usize {
    core::future::ready(clock.len()).await
}

/// Seen here alone.
#[dependency]
fn private() -> u8 {
    1
}

/// Seen in the crate.
#[dependency]
pub(crate) fn inside() -> u8 {
    private()
}

/// Seen in the crate.
#[handler]
pub(crate) fn read(inside: Depends<inside>) -> u8 {
    *inside
}

/// Uses what is not public.
pub fn unregistered() -> u8 {
    read(Depends::new(inside()))
}
