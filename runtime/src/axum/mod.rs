//! Handlers for axum: `get(read_item::handler)`.
//!
//! ```
//! use axum::{Json, Router, extract::Path, http::StatusCode, routing::get};
//! use hueless::{App, Depends, dependency, handler};
//!
//! #[dependency(singleton)]
//! async fn names() -> Vec<String> {
//!     vec!["Ada".to_owned(), "Grace".to_owned()]
//! }
//!
//! #[handler]
//! fn name(names: Depends<names>, Path(id): Path<usize>) -> Result<Json<String>, StatusCode> {
//!     names.get(id).cloned().map(Json).ok_or(StatusCode::NOT_FOUND)
//! }
//!
//! let app = App::new();
//! let router: Router = Router::new().route("/names/{id}", get(name::handler)).layer(app.layer());
//! ```
//!
//! Parameters are axum's own extractors, and their rejections reach the client as they are. The
//! error of a dependency needs `IntoResponse`, nothing else. Failures of hueless itself are answered
//! with a status and no further word: they are for the log.
//!
//! Two mistakes that axum reports in its own words. `get(name)` instead of `get(name::handler)` is
//! "the trait bound `fn(..) {name}: Handler<_, _>` is not satisfied", and so is a handler whose
//! return type is no response.

mod body;
mod http;
mod invocation;
mod layer;
mod require;

pub use self::http::Http;
pub use self::layer::{AppLayer, AppService};
pub use self::require::{RequireLayer, RequireService, require, require_with_state};
