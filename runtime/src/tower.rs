//! Handlers as services of tower: `service(ping::handler)`.
//!
//! For whatever calls a [`tower_service::Service`]: a function that a cloud calls, a worker of a queue,
//! a server. The request is a [`Context`], the response a [`Reply`], the error the context's rejection.
//!
//! ```
//! use hueless::tower::service;
//! use hueless::{Call, Input, handler};
//! use tower_service::Service;
//!
//! #[handler]
//! fn double(Input(number): Input<u64>) -> u64 {
//!     number * 2
//! }
//!
//! # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
//! let mut doubling = service(double::handler);
//! let reply = doubling.call(Call::new().with(21_u64)).await.unwrap();
//! assert_eq!(reply.into_inner(), 42);
//! # });
//! ```
//!
//! # The response
//!
//! It is a [`Reply`], so that what is to be done after it can wait for it: with
//! [`Reply::into_parts`], whoever sends the response says when it is sent. Where that does not
//! matter, `.map_response(Reply::into_inner)` of `tower::ServiceExt` leaves what the handler returned.
//!
//! # The error
//!
//! It is the context's [`Rejection`](Context::Rejection): what a guard or a handler refuses, and what
//! [`Context::fail`] makes of a panic or of overload. For HTTP that is a response too, and no
//! [`std::error::Error`]. A server of hyper wants a response whatever happens, and would close the
//! connection over an error: so who calls the service answers with both. With the feature `axum` both
//! are an `IntoResponse`, and the response knows when it was sent:
//!
//! ```
//! # #[cfg(feature = "axum")] {
//! use std::convert::Infallible;
//!
//! use axum::body::Body;
//! use axum::response::IntoResponse;
//! use hueless::axum::Http;
//! use hueless::handler;
//! use hueless::tower::service;
//! use hyper::Request;
//! use hyper::body::Incoming;
//! use hyper::server::conn::http1;
//! use hyper::service::service_fn;
//! use hyper_util::rt::TokioIo;
//! use tokio::net::TcpStream;
//! use tower_service::Service;
//!
//! #[handler]
//! async fn ping() -> &'static str {
//!     "pong"
//! }
//!
//! async fn serve(connection: TcpStream) -> hyper::Result<()> {
//!     let answer = service_fn(async |request: Request<Incoming>| {
//!         let http = Http::new(request.map(Body::new), ());
//!         let answer = service(ping::handler).call(http).await;
//!         Ok::<_, Infallible>(answer.into_response())
//!     });
//!     let connection = TokioIo::new(connection);
//!     http1::Builder::new().serve_connection(connection, answer).await
//! }
//! #
//! # use tokio::io::{AsyncReadExt, AsyncWriteExt};
//! # tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap().block_on(async {
//! # let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
//! # let mut client = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
//! # tokio::spawn(serve(listener.accept().await.unwrap().0));
//! # let request = b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
//! # client.write_all(request).await.unwrap();
//! # let mut answer = String::new();
//! # client.read_to_string(&mut answer).await.unwrap();
//! # assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
//! # assert!(answer.ends_with("pong"), "{answer}");
//! # });
//! # }
//! ```
//!
//! Without axum it is the same with a context of your own: one over `Request<Incoming>`, with a
//! `Response` that hyper can send as its rejection.
//!
//! # Layers of tower
//!
//! Layers such as `timeout` and `load_shed` have errors of their own: around them it is a `BoxError`,
//! and they take a service only if its error becomes one too. That of a [`Call`](crate::Call) is one
//! already. The rejection of another context is answered within the layers, so that only their own
//! errors are left to be answered around them:
//!
//! ```
//! # #[cfg(feature = "axum")] {
//! use std::convert::Infallible;
//! use std::time::Duration;
//!
//! use axum::body::Body;
//! use axum::http::{Request, StatusCode};
//! use axum::response::{IntoResponse, Response};
//! use hueless::axum::Http;
//! use hueless::handler;
//! use hueless::tower::service;
//! use tower::timeout::error::Elapsed;
//! use tower::{BoxError, Service, ServiceBuilder, ServiceExt, service_fn};
//!
//! #[handler]
//! async fn slow() -> Result<&'static str, StatusCode> {
//!     std::future::pending().await
//! }
//!
//! let within = service_fn(async |request: Request<Body>| {
//!     let answer = service(slow::handler).call(Http::new(request, ())).await;
//!     Ok::<_, Infallible>(answer.into_response())
//! });
//! let layered = ServiceBuilder::new()
//!     .load_shed()
//!     .concurrency_limit(100)
//!     .timeout(Duration::from_millis(10))
//!     .service(within);
//! let answering = layered.map_result(|answer: Result<Response, BoxError>| {
//!     Ok::<_, BoxError>(answer.unwrap_or_else(|error| match error.is::<Elapsed>() {
//!         true => StatusCode::GATEWAY_TIMEOUT.into_response(),
//!         false => StatusCode::SERVICE_UNAVAILABLE.into_response(),
//!     }))
//! });
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
//! let answer = answering.oneshot(Request::new(Body::empty())).await.unwrap();
//! assert_eq!(answer.status(), 504);
//! # });
//! # }
//! ```
//!
//! - `timeout` drops the call, which [cancels](crate::Outcome::Cancelled) the request, and the context
//!   is not asked for a rejection. It is for the option `timeout` of a handler, whose
//!   [`Failure`](crate::Failure::is_timeout) becomes one.
//! - `load_shed` refuses a call when what is within it is not ready. A handler always is, so it stands
//!   around a limit, as here.
//!
//! # Overload
//!
//! A service is always ready: whether there is a seat depends on the handler's plan, and a request
//! without one waits in the app's queue. When that is full, or a request has waited for too long in
//! it, the call fails with what the context makes of a [`Failure`](crate::Failure) that
//! [is overloaded](crate::Failure::is_overloaded), and nothing of it has run. Who would rather be kept
//! waiting than refused puts a `tower::limit::ConcurrencyLimit` around the service, of no more than
//! the app's seats.

use std::fmt;
use std::marker::PhantomData;
use std::task::{Context as TaskContext, Poll};

use tower_service::Service;

use crate::app::App;
use crate::context::Context;
use crate::invocation::{Invocation, Reply};

/// A service that runs a handler in the contexts it is called with.
///
/// ```
/// use hueless::tower::service;
/// use hueless::{Call, handler};
/// use tower_service::Service;
///
/// #[handler]
/// async fn ping() -> &'static str {
///     "pong"
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let reply = service(ping::handler).call(Call::new()).await.unwrap();
/// assert_eq!(reply.into_inner(), "pong");
/// # });
/// ```
///
/// It uses the app that is [current](App::current) when it is called, unless it is given
/// [one](HandlerService::with_app).
pub fn service<H, C, M, F, T>(handler: F) -> HandlerService<F, H, M>
where
    F: Fn(Invocation<H, C, M>) -> T,
    C: Context,
{
    HandlerService {
        handler,
        app: None,
        of: PhantomData,
    }
}

/// Runs a handler for each request; made by [`service`].
///
/// `F` is the wrapper of the handler `H`, and `M` says how its last parameter is read.
///
/// A clone is a handle to the same app. It is always ready: see [overload](self#overload).
///
/// ```
/// use hueless::tower::service;
/// use hueless::{Call, Input, Reply, handler};
/// use tower::{Service, ServiceExt};
///
/// #[handler]
/// fn double(Input(number): Input<u64>) -> u64 {
///     number * 2
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
/// let mut doubling = service(double::handler).map_response(Reply::into_inner);
/// assert_eq!(doubling.call(Call::new().with(21_u64)).await.unwrap(), 42);
/// assert_eq!(doubling.call(Call::new().with(4_u64)).await.unwrap(), 8);
/// # });
/// ```
///
/// # Errors
///
/// Those of [`App::run`]: the context's rejection of a node that failed, or of a
/// [`Failure`](crate::Failure).
///
/// # Cancel safety
///
/// When the future of a call is dropped, as a timeout around it does, the request ends as that of
/// [`App::run`] does.
#[must_use = "a service does nothing until it is called"]
pub struct HandlerService<F, H, M> {
    handler: F,
    /// The one that is current if there is none.
    app: Option<App>,
    of: PhantomData<fn() -> (H, M)>,
}

impl<F, H, M> HandlerService<F, H, M> {
    /// The same with an app of your own.
    ///
    /// ```
    /// use hueless::tower::service;
    /// use hueless::{App, Call, Depends, dependency, handler};
    /// use tower_service::Service;
    ///
    /// #[dependency]
    /// fn clock() -> u64 {
    ///     std::time::UNIX_EPOCH.elapsed().unwrap().as_secs()
    /// }
    ///
    /// #[handler]
    /// async fn now(clock: Depends<clock>) -> u64 {
    ///     *clock
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let app = App::builder().replace_with::<clock>(7).build().unwrap();
    /// let mut telling = service(now::handler).with_app(&app);
    /// assert_eq!(telling.call(Call::new()).await.unwrap().into_inner(), 7);
    /// # });
    /// ```
    pub fn with_app(mut self, app: &App) -> Self {
        self.app = Some(app.clone());
        self
    }
}

impl<F, H, C, M, R, T> Service<C> for HandlerService<F, H, M>
where
    C: Context,
    F: Fn(Invocation<H, C, M>) -> T,
    T: Future<Output = Result<Reply<R>, C::Rejection>>,
{
    type Response = Reply<R>;
    type Error = C::Rejection;
    type Future = T;

    fn poll_ready(&mut self, _context: &mut TaskContext<'_>) -> Poll<Result<(), C::Rejection>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, context: C) -> T {
        let app = self.app.clone().unwrap_or_else(App::current);
        (self.handler)(Invocation::new(app, context))
    }
}

impl<F: Clone, H, M> Clone for HandlerService<F, H, M> {
    fn clone(&self) -> Self {
        Self {
            handler: self.handler.clone(),
            app: self.app.clone(),
            of: PhantomData,
        }
    }
}

impl<F, H, M> fmt::Debug for HandlerService<F, H, M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("HandlerService")
            .field("app", &self.app)
            .finish_non_exhaustive()
    }
}
