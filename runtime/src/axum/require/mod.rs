//! [`require`]: a guard for a whole router.

mod named;
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
/// A dependency that reads the router's state needs [`require_with_state`].
///
/// # The app
///
/// An [`App::layer`](crate::App::layer) goes outside of this one, so that both use the same app. The
/// other way round the layer uses the default app, and what it has resolved is resolved again for the
/// handler, guards included: the log warns of it once.
///
/// Tell the app with [`AppBuilder::requires`](crate::AppBuilder::requires), and it finds mistakes in
/// the graph of `D` when it is built.
///
/// A [replacement](crate::AppBuilder::replace) is of one context. `D` is resolved in `Http<()>`,
/// whatever the state of the router is, and with [`require_with_state`] in `Http<S>`. So what is
/// replaced for handlers under a state `S` with `.on::<Http<S>>()` and is needed by the layer as well is
/// replaced with `.on::<Http<()>>()` too; where it is not the layer rejects every request, with a
/// [plan](crate::Failure::is_plan) that could not be built, and the log names both contexts.
///
/// # In an OpenAPI document
///
/// The layer is no part of the handlers behind it, so what they are described with does not know of it.
/// [`Descriptions::behind`](crate::openapi::Descriptions::behind) says it.
///
/// # Middlewares between the layer and the handler
///
/// The layer ends its values when the response passes it on its way out, and tells them what became of
/// the handler:
///
/// - One that answers before the handler is done, and leaves that to a task, has them end later, behind
///   the response: they hear that the request was [cancelled](crate::Outcome::Cancelled), and wait for
///   the handler.
/// - One that sends several requests on for one that came, each with a copy of its extensions, has all
///   of them use what was resolved for the first: a batch runs as the user who sent it, whatever the
///   headers of its parts say. A part that is to pass the layer for itself goes through it without
///   those extensions.
pub fn require<D>() -> RequireLayer<D, ()>
where
    D: Provider + Dependency<Http<()>>,
{
    require_with_state(())
}

/// The same as [`require`], for a dependency that reads the state of a router: it is resolved in
/// `Http<S>`, and so with what is [replaced](crate::AppBuilder::replace) there.
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

/// Lets requests through for which a dependency can be resolved; made by [`require`] and
/// [`require_with_state`].
///
/// ```
/// use axum::Router;
/// use axum::http::{HeaderMap, StatusCode};
/// use hueless::axum::{RequireLayer, require};
/// use hueless::dependency;
///
/// #[dependency(guard)]
/// async fn user(headers: HeaderMap) -> Result<(), StatusCode> {
///     if headers.contains_key("authorization") { Ok(()) } else { Err(StatusCode::UNAUTHORIZED) }
/// }
///
/// /// What stands before all that is for users.
/// fn for_users() -> RequireLayer<user, ()> {
///     require()
/// }
///
/// let router: Router = Router::new().layer(for_users());
/// ```
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
