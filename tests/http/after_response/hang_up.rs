//! A client that hangs up in the middle of a body.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use futures_util::{StreamExt, stream};
use hueless::{App, Background, Depends, handler};
use tokio::io::AsyncReadExt;

use super::{log_of, resource};
use crate::client::{send, serve};
use crate::log::{Log, log};

/// One piece, and then nothing for ever.
#[handler]
async fn stops(_resource: Depends<resource>) -> Body {
    let first = stream::iter([Ok::<_, Infallible>("piece")]);
    Body::from_stream(first.chain(stream::pending()))
}

/// Pieces without end.
#[handler]
fn endless(_resource: Depends<resource>) -> Body {
    let pieces = stream::repeat("piece").then(|piece| async move {
        tokio::task::yield_now().await;
        Ok::<_, Infallible>(piece)
    });
    Body::from_stream(pieces)
}

#[handler]
async fn works_after(
    _resource: Depends<resource>,
    background: Depends<Background>,
    log: Depends<log>,
) -> Body {
    let log = Log::clone(&log);
    background.add(move || log.write("work"));
    Body::from_stream(stream::iter([Ok::<_, Infallible>("piece")]).chain(stream::pending()))
}

/// Reads the first piece and hangs up. Returns what was logged until everything was over.
async fn hang_up(path: &str) -> Vec<String> {
    let app = App::new();
    let router = Router::new()
        .route("/stops", get(stops::handler))
        .route("/endless", get(endless::handler))
        .route("/works-after", get(works_after::handler))
        .layer(app.layer());
    let address = serve(router).await;
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
    let mut connection = send(address, &request).await;
    let mut answer = Vec::new();
    while !answer.windows(5).any(|bytes| bytes == b"piece") {
        assert_ne!(connection.read_buf(&mut answer).await.expect("bytes"), 0);
    }
    drop(connection);
    log_of(&app).await
}

#[tokio::test]
async fn while_the_body_waits() {
    let cancelled = ["end completed", "release cancelled"];
    assert_eq!(hang_up("/stops").await, cancelled);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_body_goes_on() {
    let cancelled = ["end completed", "release cancelled"];
    assert_eq!(hang_up("/endless").await, cancelled);
}

#[tokio::test]
async fn background_work_runs_all_the_same() {
    let log = hang_up("/works-after").await;
    assert_eq!(log, ["end completed", "work", "release cancelled"]);
}
