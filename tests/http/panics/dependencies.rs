//! Panics in dependencies.

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hueless::{App, Depends, dependency, handler};

use super::{Make, assert_panics_are_silent, secret};
use crate::client::{ask, get as request};

#[dependency]
async fn asynchronous() -> u8 {
    secret()
}

#[dependency]
async fn after_waiting() -> u8 {
    tokio::task::yield_now().await;
    secret()
}

#[dependency]
fn plain() -> u8 {
    secret()
}

#[dependency(inline)]
fn inline() -> u8 {
    secret()
}

#[dependency(cpu)]
fn cpu() -> u8 {
    secret()
}

#[dependency(singleton)]
fn singleton() -> u8 {
    secret()
}

#[dependency(transient)]
fn transient() -> u8 {
    secret()
}

#[dependency(guard)]
fn guard() -> u8 {
    secret()
}

#[dependency]
struct Page {
    plain: Depends<plain>,
}

struct Rude;

impl IntoResponse for Rude {
    fn into_response(self) -> Response {
        secret()
    }
}

#[dependency]
fn rude() -> Result<u8, Rude> {
    Err(Rude)
}

/// A panic payload that is no text, and panics again when it is dropped.
#[dependency]
fn grudge() -> u8 {
    struct Grudge;
    impl Drop for Grudge {
        fn drop(&mut self) {
            secret::<()>();
        }
    }
    std::panic::panic_any(Grudge)
}

macro_rules! handlers {
    ($($name:ident($dependency:ident)),*) => {$(
        #[handler]
        async fn $name(value: Depends<$dependency>) -> String {
            value.to_string()
        }
    )*};
}

handlers!(
    of_async(asynchronous),
    of_waiting(after_waiting),
    of_plain(plain),
    of_inline(inline),
    of_cpu(cpu),
    of_singleton(singleton),
    of_transient(transient),
    of_guard(guard),
    of_rude(rude),
    of_grudge(grudge)
);

#[handler]
fn of_struct(page: Depends<Page>) -> String {
    page.plain.to_string()
}

fn router() -> Router {
    Router::new()
        .route("/async", get(of_async::handler))
        .route("/waiting", get(of_waiting::handler))
        .route("/plain", get(of_plain::handler))
        .route("/inline", get(of_inline::handler))
        .route("/cpu", get(of_cpu::handler))
        .route("/singleton", get(of_singleton::handler))
        .route("/transient", get(of_transient::handler))
        .route("/guard", get(of_guard::handler))
        .route("/struct", get(of_struct::handler))
        .route("/rude", get(of_rude::handler))
        .route("/grudge", get(of_grudge::handler))
        .route("/unharmed", get(unharmed::handler))
}

const PATHS: [&str; 11] = [
    "/async",
    "/waiting",
    "/plain",
    "/inline",
    "/cpu",
    "/singleton",
    "/transient",
    "/guard",
    "/struct",
    "/rude",
    "/grudge",
];

#[tokio::test]
async fn of_every_colour_and_lifetime() {
    assert_panics_are_silent(router(), &PATHS.map(|path| (path, request as Make))).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_runtime_with_several_threads() {
    assert_panics_are_silent(router(), &PATHS.map(|path| (path, request as Make))).await;
}

#[tokio::test]
async fn when_one_node_runs_after_the_other() {
    let app = App::builder()
        .sequential()
        .build()
        .expect("nothing is set wrongly");
    let router = router().layer(app.layer());
    assert_panics_are_silent(router, &PATHS.map(|path| (path, request as Make))).await;
}

struct Careless;

impl Drop for Careless {
    fn drop(&mut self) {
        secret::<()>();
    }
}

#[dependency]
fn careless() -> Careless {
    Careless
}

#[handler]
async fn unharmed(careless: Depends<careless>) -> StatusCode {
    let _shared = Depends::clone(&careless);
    StatusCode::CREATED
}

#[tokio::test]
async fn a_value_that_panics_when_it_is_dropped_harms_no_response() {
    for _ in 0..2 {
        let answer = ask(&router(), request("/unharmed")).await;
        assert_eq!(answer.seen(), (201, ""));
    }
}
