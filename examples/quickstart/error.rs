//! What can go wrong, and which answer says so.

use std::fmt;
use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request is not answered as it hoped to be.
///
/// It can be cloned: everyone who waits for a singleton is told why it could not be made.
#[derive(Debug, Clone)]
pub(crate) enum Error {
    /// No token, or one that belongs to nobody.
    Unauthorized,
    /// The user has no such bookmark.
    NotFound { id: i64 },
    /// The user has that bookmark already.
    Duplicate { url: String },
    /// More entries are asked for than a page holds.
    PageTooLong { maximum: u32 },
    /// A part of the request cannot be read.
    Unreadable { status: StatusCode, reason: String },
    /// The database failed.
    Database(Arc<rusqlite::Error>),
}

impl Error {
    fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::NotFound { .. } => StatusCode::NOT_FOUND,
            Self::Duplicate { .. } => StatusCode::CONFLICT,
            Self::PageTooLong { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unreadable { status, .. } => *status,
            Self::Database(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// What the client reads.
impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unauthorized => {
                formatter.write_str("say who you are: `authorization: Bearer <token>`")
            }
            Self::NotFound { id } => write!(formatter, "you have no bookmark {id}"),
            Self::Duplicate { url } => write!(formatter, "you have a bookmark for {url} already"),
            Self::PageTooLong { maximum } => {
                write!(formatter, "a page holds at most {maximum} bookmarks")
            }
            Self::Unreadable { reason, .. } => formatter.write_str(reason),
            Self::Database(_) => formatter.write_str("something went wrong here, not with you"),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        if let Self::Database(cause) = &self {
            tracing::error!(%cause, "the database failed");
        }
        let body = Json(json!({ "error": self.to_string() }));
        (self.status(), body).into_response()
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(Arc::new(error))
    }
}

impl From<JsonRejection> for Error {
    fn from(rejection: JsonRejection) -> Self {
        Self::Unreadable {
            status: rejection.status(),
            reason: rejection.body_text(),
        }
    }
}

impl From<PathRejection> for Error {
    fn from(rejection: PathRejection) -> Self {
        Self::Unreadable {
            status: rejection.status(),
            reason: rejection.body_text(),
        }
    }
}

impl From<QueryRejection> for Error {
    fn from(rejection: QueryRejection) -> Self {
        Self::Unreadable {
            status: rejection.status(),
            reason: rejection.body_text(),
        }
    }
}
