//! A request of hyper as a context, and what it is answered with.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use http_body_util::BodyExt;
use hueless::{AfterResponse, Context, Extract, ExtractLast, Failure, Reject, Reply};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};

/// A request.
pub(super) struct Web {
    head: Parts,
    /// `None` once it is read.
    body: Option<Incoming>,
}

/// What it is answered with, whatever happens.
pub(super) type Answer = Response<Text>;

impl Web {
    pub(super) fn new(request: Request<Incoming>) -> Self {
        let (head, body) = request.into_parts();
        Self {
            head,
            body: Some(body),
        }
    }
}

impl Context for Web {
    type Rejection = Answer;
    type State = ();

    fn fail(failure: Failure) -> Answer {
        refusal(if failure.is_overloaded() {
            StatusCode::SERVICE_UNAVAILABLE
        } else {
            StatusCode::INTERNAL_SERVER_ERROR
        })
    }

    fn attach(rejection: Answer, after_response: AfterResponse) -> Answer {
        rejection.map(|text| text.followed_by(after_response))
    }

    fn is_answered_without_body(&self) -> bool {
        self.head.method == Method::HEAD
    }
}

impl Extract<Method> for Web {
    async fn extract(&mut self) -> Result<Method, Answer> {
        Ok(self.head.method.clone())
    }
}

impl ExtractLast<Method, ()> for Web {
    async fn extract_last(&mut self, _reads_left: usize) -> Result<Method, Answer> {
        self.extract().await
    }
}

impl ExtractLast<String, ()> for Web {
    const READS_BODY: bool = true;

    async fn extract_last(&mut self, _reads_left: usize) -> Result<String, Answer> {
        let bad = || refusal(StatusCode::BAD_REQUEST);
        let body = self.body.take().ok_or_else(bad)?.collect().await;
        let body = body.map_err(|_| bad())?.to_bytes();
        String::from_utf8(body.into()).map_err(|_| bad())
    }
}

impl Reject<StatusCode> for Web {
    fn reject(status: StatusCode) -> Answer {
        refusal(status)
    }
}

/// The answer with what a handler returned.
pub(super) fn answer(reply: Reply<String>) -> Answer {
    let (text, after_response) = reply.into_parts();
    Response::new(Text::new(text).followed_by(after_response))
}

fn refusal(status: StatusCode) -> Answer {
    let mut answer = Response::new(Text::new(String::new()));
    *answer.status_mut() = status;
    answer
}

/// A body, and what is to be done when it was sent.
pub(super) struct Text {
    /// `None` once the connection has it.
    text: Option<Bytes>,
    after_response: Option<AfterResponse>,
}

impl Text {
    fn new(text: String) -> Self {
        Self {
            text: (!text.is_empty()).then(|| text.into()),
            after_response: None,
        }
    }

    fn followed_by(mut self, after_response: AfterResponse) -> Self {
        self.after_response = Some(after_response);
        self
    }
}

impl Body for Text {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut TaskContext<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.text.take().map(|text| Ok(Frame::data(text))))
    }

    fn is_end_stream(&self) -> bool {
        self.text.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.text.as_ref().map_or(0, |text| text.len() as u64))
    }
}

/// Dropped before it was sent whole, it drops what is to be done, which hears of that.
impl Drop for Text {
    fn drop(&mut self) {
        match self.after_response.take() {
            Some(after_response) if self.text.is_none() => after_response.sent(),
            unsent => drop(unsent),
        }
    }
}
