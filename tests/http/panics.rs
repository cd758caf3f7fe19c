//! A panic in any node, of any colour, is a 500 that does not say why; the server lives on.

mod dependencies;
mod extractors;
mod handlers;

use axum::Router;
use axum::extract::Request;
use axum::routing::get;
use hueless::handler;

use crate::client::{Answer, ask, get as request};

/// What no client may ever read.
const SECRET: &str = "the password is swordfish";

fn secret<T>() -> T {
    panic!("{SECRET}")
}

/// Makes the request for a path.
type Make = fn(&str) -> Request;

#[handler]
fn alive() -> &'static str {
    "alive"
}

/// The answer says that something failed and nothing more.
fn assert_silent(answer: &Answer, what: &str) {
    assert_eq!(answer.seen(), (500, ""), "{what}");
    let headers = format!("{:?}", answer.headers);
    assert_eq!(headers, r#"{"content-length": "0"}"#, "{what}");
}

/// Each path answers with a 500 that is silent, also when asked again, and others are served.
async fn assert_panics_are_silent(router: Router, requests: &[(&str, Make)]) {
    let router = router.route("/alive", get(alive::handler));
    for (path, make) in requests {
        for _ in 0..2 {
            assert_silent(&ask(&router, make(path)).await, path);
            let answer = ask(&router, request("/alive")).await;
            assert_eq!(answer.seen(), (200, "alive"), "after {path}");
        }
    }
}
