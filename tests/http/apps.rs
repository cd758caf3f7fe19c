//! Which app serves: the one that a layer installs, else the default one of the runtime.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::routing::get;
use hueless::{App, Call, Depends, dependency, handler};

use crate::client::{ask, get as request};

struct Pool {
    number: u32,
}

static NEXT: AtomicU32 = AtomicU32::new(0);

#[dependency(singleton)]
fn pool() -> Pool {
    Pool {
        number: NEXT.fetch_add(1, Ordering::Relaxed),
    }
}

#[handler]
async fn which(pool: Depends<pool>) -> String {
    pool.number.to_string()
}

fn router() -> Router {
    Router::new().route("/", get(which::handler))
}

async fn pool_of(router: &Router) -> String {
    let answer = ask(router, request("/")).await;
    assert_eq!(answer.status, 200);
    answer.body
}

#[tokio::test]
async fn two_apps_share_no_singleton() {
    let (one, other) = (App::new(), App::new());
    let (first, second) = (router().layer(one.layer()), router().layer(other.layer()));
    let of_first = pool_of(&first).await;
    assert_ne!(of_first, pool_of(&second).await);
    assert_eq!(of_first, pool_of(&first).await);
}

#[tokio::test]
async fn routers_with_the_same_app_share_it_with_calls() {
    let app = App::new();
    let (first, second) = (router().layer(app.layer()), router().layer(app.layer()));
    let of_first = pool_of(&first).await;
    assert_eq!(of_first, pool_of(&second).await);
    let of_call = app.run(which::handler, Call::new()).await;
    assert_eq!(of_call.expect("a pool"), of_first);
}

#[tokio::test]
async fn without_a_layer_the_default_app_of_the_runtime_serves() {
    let of_first = pool_of(&router()).await;
    assert_eq!(of_first, pool_of(&router()).await);
    let of_call = App::current().run(which::handler, Call::new()).await;
    assert_eq!(of_call.expect("a pool"), of_first);
    let installed = router().layer(App::new().layer());
    assert_ne!(of_first, pool_of(&installed).await);
}

#[test]
fn two_runtimes_share_no_default_app() {
    let of_a_runtime = || {
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        runtime.expect("a runtime").block_on(pool_of(&router()))
    };
    assert_ne!(of_a_runtime(), of_a_runtime());
}

#[tokio::test]
async fn the_innermost_layer_wins() {
    let (outer, inner) = (App::new(), App::new());
    let router = Router::new()
        .nest("/inner", router().layer(inner.layer()))
        .route("/outer", get(which::handler))
        .layer(outer.layer());
    let of_inner = ask(&router, request("/inner")).await;
    let expected = inner.run(which::handler, Call::new()).await;
    assert_eq!(of_inner.body, expected.expect("a pool"));
    let of_outer = ask(&router, request("/outer")).await;
    let expected = outer.run(which::handler, Call::new()).await;
    assert_eq!(of_outer.body, expected.expect("a pool"));
}
