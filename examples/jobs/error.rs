//! What can go wrong, and how the endpoint says so. Workers hand it to their queue.

use std::error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hueless::BoxError;

/// Why a request is refused or fails, or a job is not done.
///
/// It can be cloned: everyone who waits for a singleton is told why it could not be made.
#[derive(Debug, Clone)]
pub(crate) enum Error {
    /// What was sent does not begin like a picture.
    NotAPicture,
    /// The thumbnail would be too large, or nothing at all.
    Edge,
    /// There is no such picture.
    Unknown,
    /// There was a picture, and it is gone: a job deletes one that it cannot read.
    Gone,
    /// The thumbnail could not be made, and is not tried any more.
    GivenUp,
    /// A file or folder cannot be read or written.
    File(PathBuf, Arc<io::Error>),
    /// The queue does not answer.
    Queue(Arc<BoxError>),
}

impl Error {
    pub(crate) fn queue(cause: impl Into<BoxError>) -> Self {
        Self::Queue(Arc::new(cause.into()))
    }

    /// What makes an error of what went wrong there.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        |cause| Self::File(path.to_owned(), Arc::new(cause))
    }

    /// Whether what is missing is a file or folder.
    pub(crate) fn is_missing(&self) -> bool {
        matches!(self, Self::File(_, cause) if cause.kind() == io::ErrorKind::NotFound)
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotAPicture => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Edge => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::GivenUp | Self::File(..) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Queue(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// With causes and paths: it is for the queue and the log.
impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPicture => formatter.write_str("that is not a PNG"),
            Self::Edge => formatter.write_str("the edge of a thumbnail is from 1 to 1024"),
            Self::Unknown => formatter.write_str("there is no such picture"),
            Self::Gone => {
                formatter.write_str("the picture is gone: it could not be read, or was deleted")
            }
            Self::GivenUp => {
                formatter.write_str("making the thumbnail failed too often; send the picture again")
            }
            Self::File(path, cause) => write!(formatter, "cannot use {}: {cause}", path.display()),
            Self::Queue(cause) => write!(formatter, "the queue does not answer: {cause}"),
        }
    }
}

impl error::Error for Error {}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let said = match &self {
            // What is in it is nobody's business outside.
            Self::File(..) | Self::Queue(_) => {
                tracing::error!(error = %self, "a request failed");
                "something went wrong on the server; try again later\n".to_owned()
            }
            _ => format!("{self}\n"),
        };
        (self.status(), said).into_response()
    }
}
