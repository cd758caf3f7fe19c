//! The inspector: a page that shows what an app does, for whoever runs it.
//!
//! [`router`] answers clients on this machine only; an [`Inspector`] with a guard answers whom that lets
//! pass.
//!
//! ```
//! use axum::Router;
//! use hueless::{App, inspect};
//!
//! let app = App::new();
//! let router: Router = Router::new().nest_service("/inspect", inspect::router(&app)).layer(app.layer());
//! ```
//!
//! Nothing is counted, and nothing written down, before the first inspector of an app is made.

// 1. Nothing is counted, and nothing written down, before the first inspector of an app is made.
// 2. Strangers see nothing: without a guard only a client on this machine is answered, who asked for
//    this machine by name. Both are looked at before anything else.
// 3. What is shown is text to the page, never markup: no name of a function becomes a part of it.
//
// `watched` is what is told of one handler, `histogram` how long something took, `state` writes them
// as JSON, `routes` says what is where, and `access` who may see it.

mod access;
mod histogram;
mod object;
mod routes;
mod state;
mod watched;

use std::fmt;
use std::sync::Arc;

use ::axum::Router;

use self::access::Whom;
pub(crate) use self::watched::{Inspection, Watched, watch};

use crate::app::App;
use crate::axum::{Http, require_with_state};
use crate::depends::Provider;
use crate::meta::Kind;
use crate::plan::Dependency;

/// A router with a page that shows what an app does: the graph of every handler, how many requests are
/// where, how long each node waits for a thread and how long it runs, and the last requests node by
/// node. It answers clients on this machine only; an [`Inspector`] with a guard answers others too.
///
/// ```no_run
/// use std::net::SocketAddr;
/// use axum::{Router, routing::get};
/// use hueless::{App, handler, inspect};
///
/// #[handler]
/// async fn ping() -> &'static str {
///     "pong"
/// }
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// let app = App::new();
/// let router = Router::new()
///     .route("/ping", get(ping::handler))
///     .nest_service("/inspect", inspect::router(&app))
///     .layer(app.layer());
/// // The inspector has to know where a client is.
/// let service = router.into_make_service_with_connect_info::<SocketAddr>();
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await.unwrap();
/// axum::serve(listener, service).await.unwrap();
/// # });
/// ```
///
/// A handler is shown from its first request on, or from the start if the app
/// [serves](crate::AppBuilder::serves) it.
///
/// # What has what address
///
/// Below the path that the router is nested at, which is `/inspect` and `/inspect/` with
/// `nest_service`, and only the first with `nest`. To `merge` it instead puts the page at `/` and the
/// rest beside the app's own routes.
///
/// | path | what |
/// |---|---|
/// | `/` | the page |
/// | `/state.json` | the app, and every handler in short |
/// | `/handlers/{number}/state.json` | a handler, node by node |
/// | `/handlers/{number}/graph.svg` | its graph |
/// | `/explanations/{number}/waterfall.svg` | what one request did |
/// | `/explanations/{number}/trace.json` | the same for viewers of Chrome traces, such as Perfetto |
///
/// The JSON is for people and their scripts: fields may be added and renamed in any release.
///
/// # Behind a proxy
///
/// A reverse proxy on the same machine that adds no header of forwarding looks like a client on this
/// machine, and with it everybody who can reach the proxy. Requests that say they were forwarded, as by
/// `Forwarded`, `Via` or `X-Forwarded-For`, are refused, but nginx says nothing unless it is told to.
/// So behind a proxy a guard is needed: see [`Inspector::guarded_by`].
///
/// # Who is refused
///
/// They get 403 and no reason. The reason is in the log, with what to do about it, once.
pub fn router<S>(app: &App) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    Inspector::of(app).into_router()
}

/// What an inspector shows, and to whom.
///
/// ```
/// use axum::Router;
/// use axum::http::{HeaderMap, StatusCode};
/// use hueless::inspect::Inspector;
/// use hueless::{App, dependency};
///
/// #[dependency(guard)]
/// async fn operator(headers: HeaderMap) -> Result<(), StatusCode> {
///     let token = headers.get("authorization").ok_or(StatusCode::UNAUTHORIZED)?;
///     if token == "Bearer secret" { Ok(()) } else { Err(StatusCode::FORBIDDEN) }
/// }
///
/// let app = App::new();
/// let inspector = Inspector::of(&app).guarded_by::<operator>().one_in(1_000);
/// let router: Router = Router::new().nest_service("/inspect", inspector.into_router());
/// ```
#[derive(Clone)]
#[must_use = "an inspector shows nothing until it is a router"]
pub struct Inspector {
    app: App,
    every: u64,
    guard: Option<Guard>,
}

/// Puts a guard before routes.
type Guard = Arc<dyn Fn(Router) -> Router + Send + Sync>;

impl Inspector {
    /// An inspector of an app, which answers clients on this machine only.
    pub fn of(app: &App) -> Self {
        Self {
            app: app.clone(),
            every: if cfg!(debug_assertions) { 1 } else { 100 },
            guard: None,
        }
    }

    /// Answers everybody whom a guard lets pass, wherever they are; also who is on this machine has to
    /// pass it. The guard is resolved in the app that is inspected, in the context `Http<()>`, as
    /// [`require`](crate::axum::require) does.
    ///
    /// A guard that reads the state of a router needs
    /// [`guarded_by_with_state`](Self::guarded_by_with_state).
    ///
    /// It is a mistake at compile time if `D` is no `#[dependency(guard)]`:
    ///
    /// ```compile_fail,E0080
    /// use hueless::inspect::Inspector;
    /// use hueless::{App, dependency};
    ///
    /// #[dependency]
    /// async fn colour() -> &'static str {
    ///     "green"
    /// }
    ///
    /// let inspector = Inspector::of(&App::new()).guarded_by::<colour>();
    /// ```
    pub fn guarded_by<D>(self) -> Self
    where
        D: Provider + Dependency<Http<()>>,
    {
        self.guarded_by_with_state::<D, _>(())
    }

    /// The same as [`guarded_by`](Self::guarded_by), for a guard that reads the state of a router: it
    /// is resolved in `Http<S>`, and so with what is [replaced](crate::AppBuilder::replace) there.
    ///
    /// ```
    /// use axum::Router;
    /// use axum::extract::State;
    /// use axum::http::{HeaderMap, StatusCode};
    /// use hueless::inspect::Inspector;
    /// use hueless::{App, dependency};
    ///
    /// #[derive(Clone)]
    /// struct AppState {
    ///     token: String,
    /// }
    ///
    /// #[dependency(guard)]
    /// async fn operator(
    ///     State(state): State<AppState>,
    ///     headers: HeaderMap,
    /// ) -> Result<(), StatusCode> {
    ///     let token = headers.get("authorization").ok_or(StatusCode::UNAUTHORIZED)?;
    ///     if *token == state.token { Ok(()) } else { Err(StatusCode::FORBIDDEN) }
    /// }
    ///
    /// let state = AppState { token: "Bearer secret".to_owned() };
    /// let inspector = Inspector::of(&App::new()).guarded_by_with_state::<operator, _>(state.clone());
    /// let router: Router = Router::new()
    ///     .nest_service("/inspect", inspector.into_router())
    ///     .with_state(state);
    /// ```
    pub fn guarded_by_with_state<D, S>(mut self, state: S) -> Self
    where
        D: Provider + Dependency<Http<S>>,
        S: Clone + Send + Sync + 'static,
    {
        const {
            assert!(
                matches!(D::META.kind, Kind::Guard),
                "an inspector is guarded by a `#[dependency(guard)]`"
            );
        }
        self.guard = Some(Arc::new(move |routes| {
            routes.route_layer(require_with_state::<D, S>(state.clone()))
        }));
        self
    }

    /// Writes down the first request of each handler and then one in so many, for what is told of nodes
    /// and of single requests; the requests of a handler are all counted. Each one in debug builds and
    /// one in 100 in others, unless set. 0 writes down none.
    ///
    /// Of two inspectors of one app, the one that became a router last decides.
    pub fn one_in(mut self, requests: u64) -> Self {
        self.every = requests;
        self
    }

    /// The routes of the inspector: see [`router`].
    pub fn into_router<S>(self) -> Router<S>
    where
        S: Clone + Send + Sync + 'static,
    {
        let Self { app, every, guard } = self;
        app.inspection().begin(every);
        let routes = routes::of(&app);
        let routes = match guard {
            // Its values live in the app that is inspected, whatever app is installed further out.
            Some(guard) => {
                access::protect(guard(routes).route_layer(app.layer()), Whom::WhoeverPasses)
            }
            None => access::protect(routes, Whom::OnThisMachine),
        };
        routes.with_state(())
    }
}

impl fmt::Debug for Inspector {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Inspector")
            .field("one_in", &self.every)
            .field("is_guarded", &self.guard.is_some())
            .finish_non_exhaustive()
    }
}
