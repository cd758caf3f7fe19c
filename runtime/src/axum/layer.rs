//! [`AppLayer`]: installs an app in a router.

use std::task::{Context, Poll};

use axum_core::extract::Request;
use tower_layer::Layer;
use tower_service::Service;

use crate::app::App;

impl App {
    /// A layer that makes every handler below it use this app.
    ///
    /// ```
    /// use axum::{Router, routing::get};
    /// use hueless::{App, handler};
    ///
    /// #[handler]
    /// async fn ping() -> &'static str {
    ///     "pong"
    /// }
    ///
    /// let app = App::builder().sequential().build().unwrap();
    /// let router: Router = Router::new().route("/ping", get(ping::handler)).layer(app.layer());
    /// ```
    ///
    /// Without one, the [default app](App::current) of the runtime serves.
    pub fn layer(&self) -> AppLayer {
        AppLayer { app: self.clone() }
    }
}

/// Installs an [`App`]; made by [`App::layer`].
///
/// ```
/// use axum::{Router, routing::get};
/// use hueless::axum::AppLayer;
/// use hueless::{App, handler};
///
/// #[handler]
/// async fn ping() -> &'static str {
///     "pong"
/// }
///
/// fn routes(layer: AppLayer) -> Router {
///     Router::new().route("/ping", get(ping::handler)).layer(layer)
/// }
///
/// // Two routers, one app.
/// let layer = App::new().layer();
/// let (public, internal) = (routes(layer.clone()), routes(layer));
/// ```
#[derive(Debug, Clone)]
#[must_use = "a layer does nothing until it is added to a router"]
pub struct AppLayer {
    app: App,
}

impl<S> Layer<S> for AppLayer {
    type Service = AppService<S>;

    fn layer(&self, inner: S) -> AppService<S> {
        AppService {
            app: self.app.clone(),
            inner,
        }
    }
}

/// A service whose requests use an [`App`]; made by [`AppLayer`].
///
/// ```
/// use axum::body::Body;
/// use axum::{Router, http::Request, routing::get};
/// use hueless::axum::AppService;
/// use hueless::{App, handler};
/// use tower::{Layer, ServiceExt};
///
/// #[handler]
/// fn ping() -> &'static str {
///     "pong"
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
/// let app = App::new();
/// let router = Router::new().route("/ping", get(ping::handler));
/// let service: AppService<Router> = app.layer().layer(router);
/// let response = service.oneshot(Request::get("/ping").body(Body::empty()).unwrap()).await.unwrap();
/// assert_eq!(response.status(), 200);
/// assert_eq!(app.stats().hops, 1);
/// # });
/// ```
#[derive(Debug, Clone)]
pub struct AppService<S> {
    app: App,
    inner: S,
}

impl<S: Service<Request>> Service<Request> for AppService<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request) -> S::Future {
        request.extensions_mut().insert(self.app.clone());
        self.inner.call(request)
    }
}
