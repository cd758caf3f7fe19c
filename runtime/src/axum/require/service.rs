//! [`RequireService`]: what [`require`](super::require) makes of the service within.

use std::fmt;
use std::marker::PhantomData;
use std::task::{Context, Poll};

use axum_core::extract::Request;
use axum_core::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use tower_service::Service;

use super::passage::Passage;
use crate::axum::Http;
use crate::depends::Provider;
use crate::plan::Dependency;

/// A service that only sees requests for which a dependency can be resolved; made by
/// [`RequireLayer`](super::RequireLayer).
///
/// ```
/// use axum::body::Body;
/// use axum::http::{HeaderMap, Request, StatusCode};
/// use axum::{Router, routing::get};
/// use hueless::axum::{RequireService, require};
/// use hueless::dependency;
/// use tower::{Layer, ServiceExt};
///
/// #[dependency(guard)]
/// async fn user(headers: HeaderMap) -> Result<(), StatusCode> {
///     if headers.contains_key("authorization") { Ok(()) } else { Err(StatusCode::UNAUTHORIZED) }
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
/// let router = Router::new().route("/", get(async || "inside"));
/// let service: RequireService<user, (), Router> = require::<user>().layer(router);
/// let response = service.oneshot(Request::new(Body::empty())).await.unwrap();
/// assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
/// # });
/// ```
///
/// # Errors
///
/// Those of the service within. A rejection is a response.
///
/// # Cancel safety
///
/// When the future of a call is dropped, what was resolved is torn down on a task of the app, as after
/// [`App::run`](crate::App::run).
pub struct RequireService<D, S, I> {
    state: S,
    inner: I,
    dependency: PhantomData<fn() -> D>,
}

impl<D, S, I> RequireService<D, S, I> {
    pub(super) fn new(state: S, inner: I) -> Self {
        Self {
            state,
            inner,
            dependency: PhantomData,
        }
    }
}

impl<D, S: Clone, I: Clone> Clone for RequireService<D, S, I> {
    fn clone(&self) -> Self {
        Self::new(self.state.clone(), self.inner.clone())
    }
}

impl<D, S, I: fmt::Debug> fmt::Debug for RequireService<D, S, I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequireService")
            .field("inner", &self.inner)
            .finish_non_exhaustive()
    }
}

impl<D, S, I> Service<Request> for RequireService<D, S, I>
where
    D: Provider + Dependency<Http<S>>,
    S: Clone + Send + Sync + 'static,
    I: Service<Request, Response: IntoResponse, Future: Send> + Clone + Send + 'static,
{
    type Response = Response;
    type Error = I::Error;
    type Future = BoxFuture<'static, Result<Response, I::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), I::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let state = self.state.clone();
        // The one that was asked whether it is ready goes; its clone has not been.
        let ready = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, ready);
        Box::pin(async move {
            match Passage::enter::<D>(request, state).await {
                Ok((passage, request)) => {
                    let response = inner.call(request).await?;
                    Ok(passage.leave(response.into_response()).await)
                }
                Err(rejection) => Ok(rejection),
            }
        })
    }
}
