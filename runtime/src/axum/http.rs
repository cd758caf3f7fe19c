//! [`Http`]: an HTTP request as a context.

use std::convert::Infallible;
use std::fmt;
use std::sync::Weak;

use axum_core::body::Body;
use axum_core::extract::{FromRequest, FromRequestParts, Request};
use axum_core::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderValue, Method, StatusCode, header};

use super::body;
use super::require::Passed;
use crate::after_response::AfterResponse;
use crate::context::{Context, Extract, ExtractLast, Reject};
use crate::failure::Failure;
use crate::run::PriorRun;

/// An HTTP request under a router whose state is `S`.
///
/// Made by axum for a handler of yours; make one yourself to run a handler on a request that came
/// some other way.
///
/// ```
/// use axum::body::Body;
/// use axum::http::{Method, Request};
/// use hueless::axum::Http;
/// use hueless::{App, handler};
///
/// #[handler]
/// async fn method(method: Method) -> String {
///     method.to_string()
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let request = Request::put("/").body(Body::empty()).unwrap();
/// let answer = App::new().run(method::handler, Http::new(request, ())).await;
/// assert_eq!(answer.unwrap(), "PUT");
/// # });
/// ```
///
/// One copy of the request serves all nodes: extractors borrow its head one at a time, so what a
/// middleware or an extractor before put into its extensions is there.
pub struct Http<S> {
    /// `None` once the last parameter has taken the request whole.
    parts: Option<Parts>,
    body: Option<Body>,
    state: S,
}

impl<S> Http<S> {
    /// The request, with the router's state.
    pub fn new(request: Request, state: S) -> Self {
        let (parts, body) = request.into_parts();
        Self {
            parts: Some(parts),
            body: Some(body),
            state,
        }
    }

    /// The head of the request, unless the handler's last parameter has taken it.
    ///
    /// ```
    /// use axum::body::Body;
    /// use axum::http::Request;
    /// use hueless::axum::Http;
    ///
    /// let http = Http::new(Request::put("/items/7").body(Body::empty()).unwrap(), ());
    /// assert_eq!(http.parts().unwrap().uri.path(), "/items/7");
    /// ```
    #[must_use]
    pub fn parts(&self) -> Option<&Parts> {
        self.parts.as_ref()
    }

    /// The request as its last reader gets it: whole if no one reads after it, else with a copy of
    /// the head.
    pub(super) fn take_request(&mut self, reads_left: usize) -> Option<Request> {
        let parts = if reads_left == 0 {
            self.parts.take()
        } else {
            self.parts.clone()
        };
        parts.map(|parts| Request::from_parts(parts, self.body.take().unwrap_or_default()))
    }
}

impl<S> fmt::Debug for Http<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Http")
            .field("parts", &self.parts)
            .finish_non_exhaustive()
    }
}

impl<S: Send + Sync + 'static> Context for Http<S> {
    type Rejection = Response;
    type State = S;

    fn fail(failure: Failure) -> Response {
        let cause = std::error::Error::source(&failure);
        let status = status(&failure);
        if failure.is_overloaded() || failure.is_shutdown() {
            // It says what is asked of the app, or that it ends, not that something is wrong with it.
            tracing::warn!(%failure, "a request was turned away");
        } else if status.is_server_error() {
            tracing::error!(%failure, cause, "a request failed");
        } else {
            tracing::debug!(%failure, cause, "a request failed");
        }
        let mut response = status.into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }

    fn attach(rejection: Response, after_response: AfterResponse) -> Response {
        body::attach(rejection, after_response)
    }

    fn is_answered_without_body(&self) -> bool {
        let head = self.parts.as_ref();
        head.is_some_and(|head| head.method == Method::HEAD)
    }

    fn __prior_run(&self) -> Option<Weak<PriorRun>> {
        let Passed(prior) = self.parts.as_ref()?.extensions.get()?;
        Some(Weak::clone(prior))
    }
}

/// In seconds, when a client that was turned away may come again: by then whoever had a place is
/// likely to be done, or another instance answers, or this one when it was started anew.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// How a client is told of what went wrong in hueless itself.
fn status(failure: &Failure) -> StatusCode {
    if failure.is_timeout() {
        StatusCode::GATEWAY_TIMEOUT
    } else if failure.is_body_timeout() {
        StatusCode::REQUEST_TIMEOUT
    } else if failure.is_shutdown() || failure.is_overloaded() {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::INTERNAL_SERVER_ERROR
    }
}

impl<S, T> Extract<T> for Http<S>
where
    S: Send + Sync + 'static,
    T: FromRequestParts<S>,
{
    const CAN_FAIL: bool = is_inhabited::<T::Rejection>();

    async fn extract(&mut self) -> Result<T, Response> {
        match &mut self.parts {
            Some(parts) => T::from_request_parts(parts, &self.state)
                .await
                .map_err(IntoResponse::into_response),
            None => Err(taken()),
        }
    }
}

/// How a last parameter is read that leaves the body alone: like any other.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum ViaParts {}

impl<S, T> ExtractLast<T, ViaParts> for Http<S>
where
    S: Send + Sync + 'static,
    T: FromRequestParts<S>,
{
    const CAN_FAIL: bool = <Self as Extract<T>>::CAN_FAIL;

    fn extract_last(
        &mut self,
        _reads_left: usize,
    ) -> impl Future<Output = Result<T, Response>> + Send {
        self.extract()
    }
}

/// How a last parameter is read that takes the body.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum ViaRequest {}

impl<S, T> ExtractLast<T, ViaRequest> for Http<S>
where
    S: Send + Sync + 'static,
    T: FromRequest<S>,
{
    const CAN_FAIL: bool = is_inhabited::<T::Rejection>();
    const READS_BODY: bool = true;

    async fn extract_last(&mut self, reads_left: usize) -> Result<T, Response> {
        match self.take_request(reads_left) {
            Some(request) => T::from_request(request, &self.state)
                .await
                .map_err(IntoResponse::into_response),
            None => Err(taken()),
        }
    }
}

impl<S, E> Reject<E> for Http<S>
where
    S: Send + Sync + 'static,
    E: IntoResponse,
{
    fn reject(error: E) -> Response {
        error.into_response()
    }
}

/// Nobody reads after the one who took the request whole: plans count the reads.
fn taken() -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Whether a value of `E` can exist: a `Result` whose error cannot takes no room for saying which it
/// is.
const fn is_inhabited<E>() -> bool {
    size_of::<Result<(), E>>() > size_of::<Result<(), Infallible>>()
}

#[cfg(test)]
mod tests {
    use super::is_inhabited;
    use std::convert::Infallible;

    #[test]
    fn an_error_that_cannot_exist_is_told_from_one_without_content() {
        struct Empty;
        assert!(!is_inhabited::<Infallible>());
        assert!(is_inhabited::<Empty>());
        assert!(is_inhabited::<String>());
        assert!(is_inhabited::<axum_core::response::Response>());
    }
}
