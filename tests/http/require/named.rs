//! `requires`: a layer that the app knows before a request comes.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use hueless::axum::{Http, require, require_with_state};
use hueless::{App, Depends, dependency, handler};

use super::{ONE_AT_A_TIME, get_as_ada, log, note, send};

#[dependency(transient)]
fn fresh() -> () {}

#[dependency(after(fresh))]
fn late(_fresh: Depends<fresh>) -> () {}

#[dependency(guard)]
fn admitted<const N: u8>(_late: Depends<late>) -> () {}

#[derive(Clone)]
struct Region(&'static str);

#[dependency(singleton, inline)]
fn keys() -> u8 {
    note("keys");
    1
}

#[dependency(guard, inline)]
fn user(keys: Depends<keys>) -> String {
    note("user");
    format!("user {}", *keys)
}

#[dependency(guard, inline)]
fn local_user(keys: Depends<keys>, State(region): State<Region>) -> String {
    note("local-user");
    format!("user {} of {}", *keys, region.0)
}

#[dependency(inline)]
fn fake_user() -> String {
    note("fake-user");
    "nobody".to_owned()
}

#[handler]
async fn greet(user: Depends<user>) -> String {
    user.to_string()
}

#[handler]
async fn greet_locally(user: Depends<local_user>) -> String {
    user.to_string()
}

#[test]
fn what_is_wrong_with_its_graph_is_found_with_all_else() {
    #[handler]
    fn both(_late: Depends<late>, _twice: Depends<twice>) {}
    #[dependency(after(fresh))]
    fn twice(_fresh: Depends<fresh>) -> () {}

    let builder = App::builder().on::<Http<()>>().requires::<admitted<1>>();
    let error = builder.build().unwrap_err().to_string();
    assert!(error.starts_with("`late` starts after `fresh`"), "{error}");

    let builder = App::builder().on::<Http<()>>().serves(both::handler);
    let error = builder.requires::<admitted<2>>().build().unwrap_err();
    let error = error.to_string();
    assert!(error.contains("`late` starts after `fresh`"), "{error}");
    assert!(error.contains("`twice` starts after `fresh`"), "{error}");
}

#[tokio::test]
async fn the_app_starts_its_singletons() {
    let _one = ONE_AT_A_TIME.lock().await;
    let app = App::builder()
        .on::<Http<()>>()
        .requires::<user>()
        .on::<Http<Region>>()
        .requires::<local_user>()
        .build()
        .unwrap();
    app.start().await.unwrap();
    assert_eq!(log(), "keys");
    let router = Router::new()
        .route("/", get(greet::handler))
        .layer(require::<user>())
        .layer(app.layer());
    assert_eq!(send(router, get_as_ada("/")).await.1, "user 1");
    assert_eq!(log(), "user");

    let router = Router::new()
        .route("/", get(greet_locally::handler))
        .layer(require_with_state::<local_user, _>(Region("north")))
        .layer(app.layer())
        .with_state(Region("south"));
    assert_eq!(send(router, get_as_ada("/")).await.1, "user 1 of north");
    assert_eq!(log(), "local-user");
}

#[tokio::test]
async fn a_replacement_is_of_the_context_that_the_layer_resolves_in() {
    let _one = ONE_AT_A_TIME.lock().await;
    let builder = || {
        App::builder()
            .on::<Http<Region>>()
            .replace::<user, fake_user>()
    };
    let error = builder().on::<Http<()>>().requires::<user>().build();
    let error = error.unwrap_err().to_string();
    assert_eq!(
        error,
        "`user` is replaced in `Http<Region>` but not in `Http<()>`, where `Require<user>` needs it; \
         replace it there too, with `.on::<Http<()>>().replace::<user, _>()`"
    );
    let app = builder().on::<Http<()>>().replace::<user, fake_user>();
    let app = app.requires::<user>().build().unwrap();
    let router = Router::new()
        .route("/", get(greet::handler))
        .layer(require::<user>())
        .layer(app.layer())
        .with_state(Region("south"));
    assert_eq!(send(router, get_as_ada("/")).await.1, "nobody");
    assert_eq!(log(), "fake-user");
}
