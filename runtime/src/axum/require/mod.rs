//! [`require`]: a guard for a whole router.

mod passage;
mod service;

use std::fmt;
use std::marker::PhantomData;

use tower_layer::Layer;

pub(super) use self::passage::Passed;
pub use self::service::RequireService;

use super::Http;
use crate::depends::Provider;
use crate::plan::Dependency;

/// A layer that lets a request through only if the dependency `D` can be resolved: a guard for a
/// router, or for a whole app.
///
/// A rejection leaves the body unread, and nothing behind the layer has seen the request. What was
/// resolved is found made by the handler behind it: `D`, and whatever `D` needed, runs once for each
/// request. It is torn down after all that the handler made, and is told the handler's outcome.
///
/// ```
/// use axum::http::{HeaderMap, StatusCode};
/// use axum::{Router, routing::get};
/// use hueless::axum::require;
/// use hueless::{Depends, dependency, handler};
///
/// #[dependency(guard)]
/// async fn user(headers: HeaderMap) -> Result<String, StatusCode> {
///     let name = headers.get("user").and_then(|name| name.to_str().ok());
///     name.map(str::to_owned).ok_or(StatusCode::UNAUTHORIZED)
/// }
///
/// #[handler]
/// async fn greet(user: Depends<user>) -> String {
///     format!("hello {}", *user)
/// }
///
/// let router: Router = Router::new().route("/", get(greet::handler)).layer(require::<user>());
/// ```
///
/// A dependency that reads the router's state needs [`require_with_state`]. An
/// [`App::layer`](crate::App::layer) goes outside of this one, so that both use the same app.
pub fn require<D>() -> RequireLayer<D, ()>
where
    D: Provider + Dependency<Http<()>>,
{
    require_with_state(())
}

/// The same as [`require`], for a dependency that reads the state of a router.
///
/// ```
/// use axum::extract::State;
/// use axum::http::StatusCode;
/// use axum::{Router, routing::get};
/// use hueless::axum::require_with_state;
/// use hueless::{dependency, handler};
///
/// #[derive(Clone)]
/// struct IsOpen(bool);
///
/// #[dependency(guard)]
/// async fn open(State(IsOpen(is_open)): State<IsOpen>) -> Result<(), StatusCode> {
///     is_open.then_some(()).ok_or(StatusCode::SERVICE_UNAVAILABLE)
/// }
///
/// #[handler]
/// async fn ping() -> &'static str {
///     "pong"
/// }
///
/// let router: Router = Router::new()
///     .route("/", get(ping::handler))
///     .layer(require_with_state::<open, _>(IsOpen(true)));
/// ```
pub fn require_with_state<D, S>(state: S) -> RequireLayer<D, S>
where
    D: Provider + Dependency<Http<S>>,
    S: Send + Sync + 'static,
{
    RequireLayer {
        state,
        dependency: PhantomData,
    }
}

/// Lets requests through for which a dependency can be resolved; made by [`require`].
#[must_use = "a layer does nothing until it is added to a router"]
pub struct RequireLayer<D, S> {
    state: S,
    dependency: PhantomData<fn() -> D>,
}

impl<D, S: Clone> Clone for RequireLayer<D, S> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            dependency: PhantomData,
        }
    }
}

impl<D, S> fmt::Debug for RequireLayer<D, S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("RequireLayer")
            .finish_non_exhaustive()
    }
}

impl<D, S: Clone, I> Layer<I> for RequireLayer<D, S> {
    type Service = RequireService<D, S, I>;

    fn layer(&self, inner: I) -> RequireService<D, S, I> {
        RequireService::new(self.state.clone(), inner)
    }
}
