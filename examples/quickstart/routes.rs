//! Which handler answers which request.

use axum::Router;
use axum::routing::{get, post};

use crate::bookmarks::{add, check, list, remove, search, show};
use crate::health::health;

/// The whole service.
pub(crate) fn router() -> Router {
    Router::new()
        .route("/health", get(health::handler))
        .route("/bookmarks", get(list::handler).post(add::handler))
        .route("/bookmarks/search", get(search::handler))
        .route(
            "/bookmarks/{id}",
            get(show::handler).delete(remove::handler),
        )
        .route("/bookmarks/{id}/check", post(check::handler))
}
