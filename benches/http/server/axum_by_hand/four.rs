//! Four values that do not need each other.

use axum::http::StatusCode;
use tokio::task::spawn_blocking;

use super::PANICKED;
use crate::work;

/// All at the same time.
pub(super) async fn joined() -> Result<String, StatusCode> {
    let (a, b) = (
        spawn_blocking(work::blocking_value),
        spawn_blocking(work::blocking_value),
    );
    let (a, b, c, d) = tokio::join!(a, b, work::awaited_value(), work::awaited_value());
    let (a, b) = (a.map_err(|_| PANICKED)?, b.map_err(|_| PANICKED)?);
    Ok((a + b + c + d).to_string())
}

/// One after the other, as extractors are run.
pub(super) async fn in_turn() -> Result<String, StatusCode> {
    let a = spawn_blocking(work::blocking_value).await;
    let b = spawn_blocking(work::blocking_value).await;
    let (a, b) = (a.map_err(|_| PANICKED)?, b.map_err(|_| PANICKED)?);
    let (c, d) = (work::awaited_value().await, work::awaited_value().await);
    Ok((a + b + c + d).to_string())
}
