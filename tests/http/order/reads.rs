//! The body is read after the guards and before other dependencies start; extractors run one at a
//! time.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::routing::post;
use futures_util::{StreamExt, stream};
use hueless::{App, Depends, dependency, handler};
use tokio::sync::mpsc;

use super::{Read, guard_async, guard_plain};
use crate::client::{Answer, ask, post as request, with_header};
use crate::log::{Log, log};

#[dependency]
async fn eager(log: Depends<log>) -> u8 {
    log.write("dependency");
    1
}

#[dependency]
fn eager_plain(log: Depends<log>) -> u8 {
    log.write("dependency");
    1
}

#[handler]
async fn upload(
    eager: Depends<eager>,
    eager_plain: Depends<eager_plain>,
    _: Depends<guard_async>,
    log: Depends<log>,
    text: String,
) -> String {
    log.write("handler");
    format!("{} {text}", *eager + *eager_plain)
}

#[handler]
fn upload_plain(
    text: String,
    log: Depends<log>,
    _: Depends<guard_plain>,
    eager: Depends<eager_plain>,
    another: Depends<eager>,
) -> String {
    log.write("handler");
    format!("{} {text}", *eager + *another)
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/async", post(upload::handler))
        .route("/plain", post(upload_plain::handler))
        .route("/reads", post(reads::handler))
        .layer(app.layer())
}

/// A body in pieces, each logged when it is handed over; the first one when it is asked for.
fn slow_body(
    log: Log,
    pieces: mpsc::UnboundedReceiver<&'static str>,
    asked: mpsc::UnboundedSender<()>,
) -> Body {
    let begin = stream::once(async move {
        asked.send(()).expect("the test waits for this");
        ""
    });
    let pieces = stream::unfold(pieces, |mut pieces| async move {
        let piece = pieces.recv().await?;
        Some((piece, pieces))
    });
    let pieces = pieces.inspect(move |piece| log.write(*piece));
    Body::from_stream(begin.chain(pieces).map(Ok::<_, std::convert::Infallible>))
}

#[tokio::test]
async fn nothing_but_guards_runs_while_the_client_sends_its_body() {
    for path in ["/async", "/plain"] {
        let app = App::new();
        let log = Log::of(&app).await;
        let (pieces, body) = mpsc::unbounded_channel();
        let (asked, mut was_asked) = mpsc::unbounded_channel();
        let body = slow_body(log.clone(), body, asked);
        let request = with_header(request(path, "text/plain", body), "x-token", "good");
        let router = router(&app);
        let answer = tokio::spawn(async move { ask(&router, request).await });

        was_asked.recv().await.expect("the body is asked for");
        assert_eq!(log.take(), ["user"], "{path}");
        pieces.send("half").expect("it is waited for");
        pieces.send("whole").expect("it is waited for");
        drop(pieces);
        let answer: Answer = answer.await.expect("an answer");
        assert_eq!(answer.seen(), (200, "2 halfwhole"), "{path}");
        let expected = ["half", "whole", "dependency", "dependency", "handler"];
        assert_eq!(log.take(), expected, "{path}");
    }
}

#[dependency(guard)]
fn reading_guard(_: Read<'g'>) -> u8 {
    1
}

#[dependency]
async fn first(_: Read<'c'>, _: Read<'d'>) -> u8 {
    1
}

#[dependency]
struct Second {
    first: Depends<first>,
    _read: Read<'e'>,
}

#[dependency]
fn third(_: Read<'f'>) -> u8 {
    1
}

#[handler]
async fn reads(
    second: Depends<Second>,
    _: Read<'a'>,
    third: Depends<third>,
    _: Read<'b'>,
    guard: Depends<reading_guard>,
    text: String,
) -> String {
    format!("{} {text}", *second.first + *third + *guard)
}

#[tokio::test]
async fn extractors_run_one_at_a_time_in_declaration_order_the_handlers_after_the_guards() {
    let app = App::new();
    let log = Log::of(&app).await;
    let body_log = log.clone();
    let body = Body::from_stream(stream::once(async move {
        body_log.write("body");
        Ok::<_, std::convert::Infallible>("text")
    }));
    let mut request: Request = request("/reads", "text/plain", body);
    request.extensions_mut().insert(log.clone());
    let answer = ask(&router(&app), request).await;
    assert_eq!(answer.seen(), (200, "3 text"));
    let mut expected = Vec::new();
    for name in ['g', 'a', 'b', '*', 'c', 'd', 'e', 'f'] {
        if name == '*' {
            expected.push("body".to_owned());
        } else {
            expected.extend([format!("{name} begins"), format!("{name} ends")]);
        }
    }
    assert_eq!(log.take(), expected);
}
