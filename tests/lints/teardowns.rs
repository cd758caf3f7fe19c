//! Values that are ended.

use hueless::{Depends, Outcome, Provider, dependency, handler};

/// Ended in both ways, in both colours.
///
/// # Errors
///
/// Never.
#[dependency(teardown = commit, after_response = release, timeout = "1m 30s")]
pub async fn transaction() -> Result<u8, String> {
    Ok(core::future::ready(1).await)
}

/// Ends it.
#[expect(
    clippy::needless_pass_by_value,
    reason = "no attribute stands here that could allow it"
)]
fn commit(transaction: Depends<transaction>, outcome: Outcome) -> Result<(), String> {
    if outcome.is_completed() && *transaction == 1 {
        Ok(())
    } else {
        Err(outcome.to_string())
    }
}

/// Ends it once more.
async fn release(transaction: Depends<transaction>, _outcome: Outcome) {
    let _: u8 = core::future::ready(*transaction).await;
}

/// An error that says nothing.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "what it is here for")]
pub struct Mute;

/// Its value is ended with the App.
///
/// # Errors
///
/// Never.
#[dependency(singleton, teardown = close)]
pub fn pool() -> Result<u8, Mute> {
    Ok(1)
}

/// Ends it.
async fn close(pool: Depends<pool>, _outcome: Outcome) -> Result<(), Mute> {
    let _: u8 = core::future::ready(*pool).await;
    Ok(())
}

/// Ends anything.
fn end<D: Provider>(_value: Depends<D>, _outcome: Outcome) {}

/// A private one.
#[dependency(guard, teardown = end)]
fn private() -> u8 {
    1
}

/// Of any type.
#[dependency(after_response = end::<Self>)]
pub fn made<T: Default + Send + Sync>() -> T {
    T::default()
}

/// A struct.
#[dependency(teardown = Self::close, after_response = end)]
#[derive(Debug)]
pub struct Page {
    /// Named.
    private: Depends<private>,
    /// Named.
    made: Depends<made<u8>>,
}

impl Page {
    /// Ends it.
    fn close(page: Depends<Self>, _outcome: Outcome) {
        drop(page);
    }
}

/// Ends all.
///
/// # Errors
///
/// Never.
#[handler(timeout = "2s")]
pub fn write(
    transaction: Depends<transaction>,
    pool: Depends<pool>,
    page: Depends<Page>,
) -> Result<u8, String> {
    Ok(transaction
        .saturating_add(*pool)
        .saturating_add(*page.private)
        .saturating_add(*page.made))
}
