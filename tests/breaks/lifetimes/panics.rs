//! A panic in blocking code is an answer: the client gets it, and its connection lives on.

use axum::Router;
use axum::routing::get;
use hueless::{App, Call, Depends, Failure, dependency, handler};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use crate::client::serve;
use crate::support::{in_each_app, on_each_runtime};

#[dependency]
fn panics() -> u8 {
    panic!("no luck")
}
#[handler]
fn panicking() -> &'static str {
    panic!("no luck")
}
#[handler]
async fn behind_a_panic(_panics: Depends<panics>) -> &'static str {
    "never"
}
#[handler]
fn alive() -> &'static str {
    "alive"
}

/// A connection that is kept.
struct Connection(BufReader<TcpStream>);

impl Connection {
    /// The status and the body of the answer to the next request on it.
    async fn get(&mut self, path: &str) -> (String, String) {
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        self.0
            .write_all(request.as_bytes())
            .await
            .expect("the connection is open");
        let status = self.line().await;
        let mut length = 0;
        loop {
            let line = self.line().await;
            let Some((name, value)) = line.split_once(": ") else {
                break;
            };
            if name == "content-length" {
                length = value.parse().expect("a number");
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await.expect("a body");
        (status, String::from_utf8(body).expect("text"))
    }

    async fn line(&mut self) -> String {
        let mut line = String::new();
        let length = self
            .0
            .read_line(&mut line)
            .await
            .expect("the connection is open");
        assert_ne!(length, 0, "the connection was closed");
        line.trim_end().to_owned()
    }
}

/// xitca-web: a panic on the thread of a blocking handler unwinds through the task of its connection:
/// the client reads the end of the stream, and so do the requests behind this one.
#[test]
fn a_blocking_handler_that_panics_is_a_500_and_its_connection_serves_the_next_request() {
    in_each_app(|app| async move {
        let router = Router::new()
            .route("/panicking", get(panicking::handler))
            .route("/behind", get(behind_a_panic::handler))
            .route("/alive", get(alive::handler))
            .layer(app.layer());
        let stream = TcpStream::connect(serve(router).await)
            .await
            .expect("a connection");
        let mut connection = Connection(BufReader::new(stream));
        for path in ["/panicking", "/behind", "/panicking"] {
            let (status, body) = connection.get(path).await;
            assert_eq!(
                (&*status, &*body),
                ("HTTP/1.1 500 Internal Server Error", "")
            );
            let (status, body) = connection.get("/alive").await;
            assert_eq!((&*status, &*body), ("HTTP/1.1 200 OK", "alive"));
        }
    });
}

/// jsonrpsee: the task of a blocking call that panics is gone with the reply it owed: its caller waits
/// for ever.
#[test]
fn who_calls_blocking_code_that_panics_gets_a_rejection() {
    in_each_app(|app| async move {
        for _ in 0..3 {
            let of_handler = app.run(panicking::handler, Call::new()).await.unwrap_err();
            let of_dependency = app
                .run(behind_a_panic::handler, Call::new())
                .await
                .unwrap_err();
            let expected = ["`panicking` panicked", "`panics` panicked"];
            for (error, expected) in [of_handler, of_dependency].into_iter().zip(expected) {
                assert_eq!(error.to_string(), expected);
                assert!(
                    error
                        .downcast_ref::<Failure>()
                        .is_some_and(Failure::is_panic)
                );
            }
            let alive = app.run(alive::handler, Call::new()).await;
            assert_eq!(alive.expect("an answer"), "alive");
        }
    });
}

/// The same for each of many: no panic takes the reply of another caller with it.
#[test]
fn of_many_callers_each_gets_its_own_end() {
    on_each_runtime(|| async {
        let app = App::new();
        let calls = (0..40).map(|number| {
            let app = app.clone();
            tokio::spawn(async move {
                match number % 2 {
                    0 => app.run(panicking::handler, Call::new()).await.is_err(),
                    _ => app.run(alive::handler, Call::new()).await.is_ok(),
                }
            })
        });
        for end in futures_util::future::join_all(calls).await {
            assert!(end.expect("no panic reaches the caller"));
        }
    });
}
