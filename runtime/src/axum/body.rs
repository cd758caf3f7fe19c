//! [`attach`]: binds what is to be done after a response to its body, or to its head where no body is
//! sent.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use axum_core::body::Body;
use axum_core::response::Response;
use http::StatusCode;
use http::header::CONTENT_LENGTH;
use http_body::{Body as HttpBody, Frame, SizeHint};

use crate::after_response::AfterResponse;
use crate::unwind::contain;

type Data = <Body as HttpBody>::Data;
type Error = <Body as HttpBody>::Error;

/// Keeps what is to be done after a response with it.
pub(super) fn attach(response: Response, after_response: AfterResponse) -> Response {
    if after_response.is_empty() {
        return response;
    }
    let has_no_body = matches!(
        response.status(),
        StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED
    );
    if has_no_body || after_response.is_without_body() {
        return keep(response, after_response.without_body());
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

/// Keeps it with a response whose body nobody sends: axum takes that of a response to a HEAD away
/// before the middlewares around the route have seen the response, and no body of these is ever
/// polled. So the head keeps it as well, and it starts when both are gone: the connection lets go of
/// the head when it has written it.
fn keep(mut response: Response, after_response: AfterResponse) -> Response {
    let kept = Arc::new(Mutex::new(after_response));
    let extensions = response.extensions_mut();
    let Kept(by_head) = extensions.get_or_insert_default();
    by_head.push(Arc::clone(&kept));
    response.map(|body| Body::new(Unsent { body, _kept: kept }))
}

/// What the head of a response keeps until it is sent, the first that was attached first. Behind
/// locks that nobody takes, as extensions are shared between threads.
#[derive(Clone, Default)]
struct Kept(Vec<Arc<Mutex<AfterResponse>>>);

/// A body that is not to be sent.
struct Unsent {
    body: Body,
    _kept: Arc<Mutex<AfterResponse>>,
}

impl HttpBody for Unsent {
    type Data = Data;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Data>, Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
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
    /// Asks the body, which may be of a user's making, and is asked while it is dropped.
    fn is_sent(&self) -> bool {
        self.left == Some(0) || contain(|| self.body.is_end_stream()) == Some(true)
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
        if self.after_response.is_some() && self.is_sent() {
            self.finish();
        }
    }
}
