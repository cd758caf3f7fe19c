//! Requests to a router in this process.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use tower::ServiceExt;

use crate::shop::from;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", self.body);
        assert_eq!(self.headers["content-type"], "application/json");
        serde_json::from_str(&self.body).expect("JSON")
    }
}

pub(crate) async fn send(router: &Router, request: Builder) -> Answer {
    let request = request.body(Body::empty()).expect("a request");
    let response = router.clone().oneshot(request).await;
    let response = response.expect("it cannot fail");
    let (head, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("the body is sent");
    Answer {
        status: head.status,
        headers: head.headers,
        body: String::from_utf8(body.to_vec()).expect("text"),
    }
}

/// What somebody on this machine gets.
pub(crate) async fn fetch(router: &Router, path: &str) -> Answer {
    send(router, local(path)).await
}

pub(crate) fn local(path: &str) -> Builder {
    Request::get(path)
        .header("host", "localhost:3000")
        .extension(from("127.0.0.1:50000"))
}

/// The state of the inspector when so many requests are over, of which the last may end a little
/// later than its answer comes.
pub(crate) async fn state_after(router: &Router, requests: u64) -> Value {
    for _ in 0..1_000 {
        let state = fetch(router, "/inspect/state.json").await.json();
        let handlers = state["handlers"].as_array().expect("a list");
        let over = handlers
            .iter()
            .flat_map(|handler| handler["explained"].as_object().expect("counts").values());
        if over
            .map(|count| count.as_u64().expect("a count"))
            .sum::<u64>()
            == requests
        {
            return state;
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    panic!("{requests} requests are never over");
}
