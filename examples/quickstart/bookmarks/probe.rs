//! Whether somebody answers at a bookmark's address.

use std::time::Duration;

use hueless::{Depends, dependency};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::repository::bookmark;

const PATIENCE: Duration = Duration::from_secs(2);

/// Whether the bookmark's host accepts a connection.
///
/// Waiting for the network takes no thread: `async`, between plain functions.
#[dependency]
pub(crate) async fn reachable(bookmark: Depends<bookmark>) -> bool {
    let connected = timeout(PATIENCE, TcpStream::connect(bookmark.url.authority())).await;
    matches!(connected, Ok(Ok(_)))
}
