//! [`Watched`]: a body that tells when it was sent, or dropped before.

use std::pin::Pin;
use std::task::{Context, Poll};

use axum_core::body::Body;
use axum_core::response::Response;
use http::StatusCode;
use http::header::CONTENT_LENGTH;
use http_body::{Body as HttpBody, Frame, SizeHint};

use crate::after_response::AfterResponse;

type Data = <Body as HttpBody>::Data;
type Error = <Body as HttpBody>::Error;

/// Keeps what is to be done after a response with its body.
pub(super) fn attach(response: Response, after_response: AfterResponse) -> Response {
    if after_response.is_empty() {
        return response;
    }
    // No body of these is ever polled.
    let has_no_body = matches!(
        response.status(),
        StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED
    );
    if has_no_body {
        after_response.sent();
        return response;
    }
    let announced = response.headers().get(CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse().ok());
    response.map(|body| {
        Body::new(Watched {
            left: announced.or_else(|| body.size_hint().exact()),
            body,
            after_response: Some(after_response),
        })
    })
}

/// A body that tells when it was sent, or dropped before.
struct Watched {
    body: Body,
    /// How many bytes of it are still to come, if that is known: a connection does not ask for more
    /// than it has announced.
    left: Option<u64>,
    /// `None` once the body was sent.
    after_response: Option<AfterResponse>,
}

impl Watched {
    fn is_sent(&self) -> bool {
        self.left == Some(0) || self.body.is_end_stream()
    }

    fn finish(&mut self) {
        if let Some(after_response) = self.after_response.take() {
            after_response.sent();
        }
    }
}

impl HttpBody for Watched {
    type Data = Data;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Data>, Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        match &polled {
            Poll::Ready(None) => self.finish(),
            Poll::Ready(Some(Ok(frame))) => {
                let length = frame.data_ref().map_or(0, Data::len) as u64;
                self.left = self.left.map(|left| left.saturating_sub(length));
            }
            // It broke off.
            Poll::Ready(Some(Err(_))) => drop(self.after_response.take()),
            Poll::Pending => {}
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if self.is_sent() {
            self.finish();
        }
    }
}
