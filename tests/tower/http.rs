//! HTTP without a router: what a server of hyper would call.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use hueless::axum::Http;
use hueless::tower::service;
use hueless::{App, Depends, Outcome, dependency, handler};
use tokio::sync::mpsc;
use tower::{Service, ServiceExt, service_fn};

#[dependency(singleton)]
fn outcomes() -> mpsc::UnboundedSender<Outcome> {
    panic!("a test brings its own")
}

#[dependency(after_response = note)]
fn noted(outcomes: Depends<outcomes>) -> mpsc::UnboundedSender<Outcome> {
    mpsc::UnboundedSender::clone(&outcomes)
}

async fn note(noted: Depends<noted>, outcome: Outcome) {
    let _ = noted.send(outcome);
}

#[handler]
fn echo(_noted: Depends<noted>, method: Method, body: String) -> Result<String, StatusCode> {
    match method {
        Method::POST => Ok(body),
        _ => Err(StatusCode::METHOD_NOT_ALLOWED),
    }
}

/// What a server of hyper asks for: a service that answers whatever happens.
fn echoing(
    app: &App,
) -> impl Service<Request<Body>, Response = Response, Error = Infallible> + Clone {
    let echoing = service(echo::handler).with_app(app);
    service_fn(move |request| {
        let answer = echoing.clone().call(Http::new(request, ()));
        async move { Ok(answer.await.into_response()) }
    })
}

#[tokio::test]
async fn a_body_that_is_sent_ends_the_request() {
    let (sender, mut outcome) = mpsc::unbounded_channel();
    let app = App::builder()
        .replace_with::<outcomes>(sender)
        .build()
        .unwrap();
    let ask = |method: Method, body: &'static str| {
        let request = Request::builder().method(method).body(Body::from(body));
        echoing(&app).oneshot(request.unwrap())
    };
    let response = ask(Method::POST, "hello").await.unwrap();
    assert!(outcome.try_recv().is_err(), "the body is not sent yet");
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    assert_eq!(body, "hello");
    assert_eq!(outcome.recv().await, Some(Outcome::Completed));

    let response = ask(Method::PUT, "hello").await.unwrap();
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    drop(response);
    assert_eq!(outcome.recv().await, Some(Outcome::Failed));

    drop(ask(Method::POST, "nobody reads this").await.unwrap());
    assert_eq!(outcome.recv().await, Some(Outcome::Cancelled));
    app.shutdown(Duration::from_secs(10)).await.unwrap();
}
