//! Nested routers, each with a state of its own: the same handler runs under several.

use axum::Router;
use axum::extract::{FromRef, Path, State};
use axum::routing::get;
use hueless::{App, Depends, dependency, handler};

use crate::client::{ask, get as request};
use crate::log::{Log, log};

#[derive(Clone)]
struct Outer {
    name: &'static str,
}

#[derive(Clone)]
struct Inner {
    name: &'static str,
    floor: u8,
}

/// What both states have.
struct Name(&'static str);

impl FromRef<Outer> for Name {
    fn from_ref(outer: &Outer) -> Self {
        Self(outer.name)
    }
}

impl FromRef<Inner> for Name {
    fn from_ref(inner: &Inner) -> Self {
        Self(inner.name)
    }
}

#[dependency]
fn place(State(name): State<Name>, log: Depends<log>) -> &'static str {
    log.write(name.0);
    name.0
}

#[handler]
fn anywhere(place: Depends<place>, Path(id): Path<u32>) -> String {
    format!("{id} at {}", *place)
}

#[handler]
async fn inside(place: Depends<place>, State(inner): State<Inner>) -> String {
    format!("{} on floor {}", *place, inner.floor)
}

#[handler]
async fn outside(place: Depends<place>, State(outer): State<Outer>) -> String {
    format!("{} and {}", *place, outer.name)
}

fn router(app: &App) -> Router {
    let inner = Router::new()
        .route("/", get(inside::handler))
        .route("/{id}", get(anywhere::handler))
        .with_state(Inner {
            name: "inner",
            floor: 3,
        });
    Router::new()
        .route("/", get(outside::handler))
        .route("/{id}", get(anywhere::handler))
        .nest("/inside", inner)
        .with_state(Outer { name: "outer" })
        .layer(app.layer())
}

#[tokio::test]
async fn each_router_gives_its_own_state() {
    let router = router(&App::new());
    let answer = ask(&router, request("/")).await;
    assert_eq!(answer.seen(), (200, "outer and outer"));
    let answer = ask(&router, request("/inside")).await;
    assert_eq!(answer.seen(), (200, "inner on floor 3"));
}

#[tokio::test]
async fn one_handler_runs_under_two_states_and_shares_the_app() {
    let app = App::new();
    let router = router(&app);
    let answer = ask(&router, request("/1")).await;
    assert_eq!(answer.seen(), (200, "1 at outer"));
    let answer = ask(&router, request("/inside/2")).await;
    assert_eq!(answer.seen(), (200, "2 at inner"));
    assert_eq!(Log::of(&app).await.take(), ["outer", "inner"]);
}
