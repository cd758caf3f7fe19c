//! Handlers as services of tower: `service(ping::handler)`.
//!
//! For whatever calls a [`tower_service::Service`]: a server of hyper, a function that a cloud calls,
//! a worker of a queue. The request is a [`Context`].
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
//! For HTTP the feature `axum` turns it into a response that knows when it was sent:
//!
//! ```
//! # #[cfg(feature = "axum")] {
//! use std::convert::Infallible;
//!
//! use axum::body::Body;
//! use axum::http::Request;
//! use axum::response::IntoResponse;
//! use hueless::axum::Http;
//! use hueless::handler;
//! use hueless::tower::service;
//! use tower_service::Service;
//!
//! #[handler]
//! async fn ping() -> &'static str {
//!     "pong"
//! }
//!
//! // A server of hyper takes it as `service_fn(answer)`.
//! async fn answer(request: Request<Body>) -> Result<impl IntoResponse, Infallible> {
//!     let answer = service(ping::handler).call(Http::new(request, ())).await;
//!     Ok(answer.into_response())
//! }
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let answer = answer(Request::new(Body::empty())).await.unwrap();
//! assert_eq!(answer.into_response().status(), 200);
//! # });
//! # }
//! ```
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
