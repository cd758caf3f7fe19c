//! The three contexts, each asked in its own words.

use std::fmt;
use std::net::SocketAddr;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use hueless::{App, BoxError, Call, Invocation, Reply};
use line_protocol::{IntoRefusal, Refusal, Server};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::application::{Refused, add, count_names, greet, greet_blocking, owner, total};
use super::readings::Asked;
use crate::client::{ask, post as send, with_header};

/// What was answered, or what a refusal says.
pub(super) type Answer = Result<String, String>;

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (StatusCode::BAD_REQUEST, self.0).into_response()
    }
}

impl IntoRefusal for Refused {
    fn into_refusal(self) -> Refusal {
        Refusal::new("refused", self.0)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

/// What a handler returned to who called it.
pub(super) trait Returned {
    fn into_answer(self) -> Answer;
}

impl Returned for String {
    fn into_answer(self) -> Answer {
        Ok(self)
    }
}

impl Returned for Result<String, Refused> {
    fn into_answer(self) -> Answer {
        self.map_err(|refused| refused.0)
    }
}

pub(super) struct Runners {
    app: App,
    router: axum::Router,
    lines: SocketAddr,
}

impl Runners {
    pub(super) async fn start(app: &App) -> Self {
        let router = axum::Router::new()
            .route("/greet", post(greet::handler))
            .route("/greet_blocking", post(greet_blocking::handler))
            .route("/total", post(total::handler))
            .route("/owner", post(owner::handler))
            .route("/count_names", post(count_names::handler))
            .route("/add", post(add::handler))
            .layer(app.layer());
        let lines = line_protocol::Router::new(app.clone())
            .route("greet", greet::handler)
            .route("greet_blocking", greet_blocking::handler)
            .route("total", total::handler)
            .route("owner", owner::handler)
            .route("count_names", count_names::handler)
            .route("add", add::handler);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(Server::new(lines).serve(listener, std::future::pending()));
        Self {
            app: app.clone(),
            router,
            lines: address,
        }
    }

    pub(super) async fn call<H, M, R, F, T>(&self, handler: F, asked: &Asked) -> Answer
    where
        F: FnOnce(Invocation<H, Call, M>) -> T,
        T: Future<Output = Result<Reply<R>, BoxError>>,
        R: Returned,
    {
        let call = Call::new().with(asked.clone());
        match self.app.run(handler, call).await {
            Ok(returned) => returned.into_answer(),
            Err(error) => Err(error.to_string()),
        }
    }

    pub(super) async fn http(&self, name: &str, asked: &Asked) -> Answer {
        let number = asked.number.map(|number| format!("number={number}"));
        let path = format!("/{name}?{}", number.unwrap_or_default());
        let request = send(&path, "text/plain", asked.text.unwrap_or_default());
        let answer = ask(&self.router, with_header(request, "x-caller", asked.caller)).await;
        match answer.status {
            200 => Ok(answer.body),
            _ => Err(answer.body),
        }
    }

    pub(super) async fn line(&self, name: &str, asked: &Asked) -> Answer {
        let number = asked.number.map(|number| format!(" {number}"));
        let text = asked.text.map(|text| format!(" :{text}"));
        let (number, text) = (number.unwrap_or_default(), text.unwrap_or_default());
        let line = format!("{name} {}{number}{text}\n", asked.caller);
        let mut stream = TcpStream::connect(self.lines).await.expect("a connection");
        stream.write_all(line.as_bytes()).await.expect("sent");
        let mut lines = BufReader::new(stream).lines();
        let mut values = Vec::new();
        loop {
            let line = lines.next_line().await.expect("a line");
            let line = line.expect("an answer has an end");
            if let Some(value) = line.strip_prefix("+ ") {
                values.push(value.to_owned());
            } else if let Some(message) = line.strip_prefix("ERR refused ") {
                return Err(message.to_owned());
            } else {
                assert_eq!(line, "OK");
                return Ok(values.join("\n"));
            }
        }
    }
}
