//! Whether the service is well.

use axum::Json;
use hueless::{Depends, dependency, handler};
use serde::Serialize;

use crate::database::database;
use crate::error::Error;

#[derive(Debug, Serialize)]
pub(crate) struct Health {
    bookmarks: i64,
}

/// How many bookmarks there are, of everyone.
#[dependency]
pub(crate) fn stored(database: Depends<database>) -> Result<i64, Error> {
    let count = database
        .connection()
        .query_row("SELECT count(*) FROM bookmarks", [], |row| row.get(0))?;
    Ok(count)
}

/// `GET /health`: for everyone, no token needed.
///
/// An `async fn` may depend on a plain one. The plain one blocks a thread made for that, not this.
#[handler]
pub(crate) async fn health(stored: Depends<stored>) -> Json<Health> {
    Json(Health { bookmarks: *stored })
}
