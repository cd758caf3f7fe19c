//! Clients that send slowly, over real sockets.

use std::time::Duration;

use axum::routing::{get, post};
use axum::{Json, Router};
use hueless::{App, AppBuilder, Depends, dependency, handler};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{is_idle, until};
use crate::client::{ask_over_socket, send, serve};
use crate::support::in_each_app_with;

const UPLOADS: usize = 64;

#[dependency(guard)]
fn admitted() -> () {}

/// The length of a list.
#[dependency]
fn length() -> u8 {
    5
}

#[handler]
fn guarded(
    _admitted: Depends<admitted>,
    length: Depends<length>,
    Json(numbers): Json<Vec<u8>>,
) -> String {
    format!("{} of {}", numbers.len(), *length)
}

#[handler]
fn unguarded(length: Depends<length>, Json(numbers): Json<Vec<u8>>) -> String {
    format!("{} of {}", numbers.len(), *length)
}

#[handler]
fn ping(length: Depends<length>) -> String {
    length.to_string()
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/guarded", post(guarded::handler))
        .route("/unguarded", post(unguarded::handler))
        .route("/ping", get(ping::handler))
        .layer(app.layer())
}

/// An upload whose body is being waited for, half of it sent.
async fn begin(address: std::net::SocketAddr, path: &str) -> TcpStream {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nexpect: 100-continue\r\n\
         content-type: application/json\r\ncontent-length: 9\r\n\r\n"
    );
    let mut stream = send(address, &head).await;
    let expected = b"HTTP/1.1 100 Continue\r\n\r\n";
    let mut answer = vec![0; expected.len()];
    stream.read_exact(&mut answer).await.expect("an answer");
    assert_eq!(answer, expected);
    stream.write_all(b"[1, ").await.expect("it reads");
    stream
}

fn do_not_stop_others(path: &'static str, seats: usize, seats_of_uploads: usize) {
    let settings = move |builder: AppBuilder| {
        let builder = builder.seats(seats).blocking_limit(8);
        let builder = builder.body_timeout(Duration::from_secs(600));
        builder.stall(Duration::MAX)
    };
    in_each_app_with(settings, |app| async move {
        let address = serve(router(&app)).await;
        let mut uploads = Vec::new();
        for _ in 0..UPLOADS {
            uploads.push(begin(address, path).await);
        }
        for _ in 0..UPLOADS {
            let (status, body) = ask_over_socket(address, "/ping").await;
            assert_eq!((&*status, &*body), ("HTTP/1.1 200 OK", "5"));
        }
        let stats = until(&app, |stats| stats.seats == seats_of_uploads).await;
        assert_eq!((stats.working, stats.waiting), (0, 0), "{stats:?}");
        for upload in &mut uploads {
            upload.write_all(b"2, 3]").await.expect("it reads");
        }
        for mut upload in uploads {
            let mut answer = String::new();
            upload.read_to_string(&mut answer).await.expect("an answer");
            assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
            assert!(answer.ends_with("3 of 5"), "{answer}");
        }
        let stats = until(&app, is_idle).await;
        assert!(stats.threads <= 8, "{stats:?}");
    });
}

/// A permit that is kept while the body comes: as many uploads as there are permits stop the server.
#[test]
fn slow_uploads_hold_nothing() {
    do_not_stop_others("/unguarded", UPLOADS, 0);
}

/// Behind a guard they keep their seats, and no thread.
#[test]
fn slow_uploads_behind_a_guard_hold_a_seat_and_no_thread() {
    do_not_stop_others("/guarded", UPLOADS + 1, UPLOADS);
}
