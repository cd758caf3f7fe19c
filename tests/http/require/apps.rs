//! A layer that belongs to another app than the handler behind it.

use axum::Router;
use axum::routing::get;
use hueless::axum::require;
use hueless::{App, Depends, dependency, handler};

use super::{ONE_AT_A_TIME, get_as_ada, log, note, send};
use crate::heard;

#[dependency(guard, inline)]
fn made_in_two_apps() -> () {
    note("guard");
}

#[handler]
async fn greet(_guard: Depends<made_in_two_apps>) -> &'static str {
    "hello"
}

#[handler]
async fn needs_nothing() -> &'static str {
    "hello"
}

#[tokio::test]
async fn what_it_has_resolved_is_resolved_again_which_is_said_once() {
    heard::listen();
    let _one = ONE_AT_A_TIME.lock().await;
    let app = App::new();
    let router = Router::new()
        .route("/", get(greet::handler))
        .route("/nothing", get(needs_nothing::handler))
        .layer(app.layer())
        .layer(require::<made_in_two_apps>());
    assert_eq!(send(router.clone(), get_as_ada("/nothing")).await.0, 200);
    assert_eq!(heard::about("made_in_two_apps"), [""; 0]);
    assert_eq!(log(), "guard");
    for _ in 0..2 {
        assert_eq!(send(router.clone(), get_as_ada("/")).await.0, 200);
        assert_eq!(log(), "guard guard");
    }
    let said = heard::about("made_in_two_apps");
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("in another app"), "{said:?}");

    let router = Router::new()
        .route("/", get(greet::handler))
        .layer(require::<made_in_two_apps>())
        .layer(app.layer());
    assert_eq!(send(router, get_as_ada("/")).await.0, 200);
    assert_eq!(log(), "guard");
    assert_eq!(heard::about("made_in_two_apps"), [""; 0]);
}
