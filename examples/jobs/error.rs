//! What can go wrong, and how the endpoint says so. Workers hand it to their queue.

use std::error;
use std::fmt;
use std::io;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hueless::BoxError;

/// Why a request is not answered as it hoped to be, or a job is not done.
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
    /// The thumbnail is not made yet.
    NotYet,
    /// The command line makes no sense.
    Usage(String),
    /// Pictures cannot be read or written.
    Pictures(Arc<io::Error>),
    /// The queue takes no job.
    Queue(Arc<BoxError>),
}

impl Error {
    pub(crate) fn queue(cause: impl Into<BoxError>) -> Self {
        Self::Queue(Arc::new(cause.into()))
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotAPicture => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Edge => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unknown => StatusCode::NOT_FOUND,
            Self::NotYet => StatusCode::ACCEPTED,
            Self::Usage(_) | Self::Pictures(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Queue(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

/// With causes: it is for the queue and the log.
impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPicture => formatter.write_str("that is not a PNG"),
            Self::Edge => formatter.write_str("the edge of a thumbnail is from 1 to 1024"),
            Self::Unknown => formatter.write_str("there is no such picture"),
            Self::NotYet => formatter.write_str("the thumbnail is not made yet"),
            Self::Usage(usage) => formatter.write_str(usage),
            Self::Pictures(cause) => write!(formatter, "a picture is not to be had: {cause}"),
            Self::Queue(cause) => write!(formatter, "the queue takes no job: {cause}"),
        }
    }
}

impl error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Pictures(Arc::new(error))
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(error = %self, "a request failed");
            return (status, "something went wrong here, not with you\n").into_response();
        }
        (status, format!("{self}\n")).into_response()
    }
}
