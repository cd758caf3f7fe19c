//! One function for each way of running.

use core::future::ready;

use axum::response::IntoResponse;
use hueless::{Depends, dependency, handler};

/// Plain.
#[dependency]
pub fn plain() -> u8 {
    1
}

/// Plain, and may fail.
///
/// # Errors
///
/// Never.
#[dependency]
pub fn fallible(plain: Depends<plain>) -> Result<u8, String> {
    Ok(*plain)
}

/// Awaited.
#[dependency]
pub async fn awaited(fallible: Depends<fallible>) -> u8 {
    ready(*fallible).await
}

/// Awaited, and may fail.
///
/// # Errors
///
/// Never.
#[dependency]
pub async fn fallible_awaited(awaited: Depends<awaited>) -> Result<u8, String> {
    Ok(ready(*awaited).await)
}

/// There for its effect.
#[dependency]
pub fn effect() -> () {}

/// In place.
#[dependency(inline)]
pub fn in_place(fallible_awaited: Depends<fallible_awaited>, _effect: Depends<effect>) -> u8 {
    *fallible_awaited
}

/// For long.
#[dependency(cpu)]
pub fn for_long(in_place: Depends<in_place>) -> u8 {
    *in_place
}

/// Returns nothing.
#[handler]
pub fn nothing(_for_long: Depends<for_long>) {}

/// Returns nothing, later.
#[handler]
pub async fn nothing_awaited(_for_long: Depends<for_long>) {
    ready(()).await;
}

/// Returns what has no name.
#[handler]
pub fn response(for_long: Depends<for_long>) -> impl IntoResponse {
    for_long.to_string()
}

/// Returns what has no name, later.
#[handler]
pub async fn response_awaited(for_long: Depends<for_long>) -> impl IntoResponse {
    ready(for_long.to_string()).await
}

/// Returns a result.
///
/// # Errors
///
/// Never.
#[handler(inline)]
pub fn result() -> Result<u8, String> {
    Ok(1)
}

/// Returns a result, after a long time.
///
/// # Errors
///
/// Never.
#[handler(cpu)]
pub fn result_for_long() -> Result<u8, String> {
    Ok(1)
}
