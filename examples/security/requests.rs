//! Requests with and without what they need, and the answers.

use std::fmt::Write;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{AUTHORIZATION, COOKIE, WWW_AUTHENTICATE};
use axum::http::{HeaderName, Request};
use axum_extra::headers::authorization::Credentials;
use axum_extra::headers::{Authorization, Header};
use tower::ServiceExt;

const KEY: HeaderName = HeaderName::from_static("x-api-key");

/// A request, with a header for its credentials.
#[derive(Debug)]
pub(crate) struct Asked {
    method: &'static str,
    path: &'static str,
    /// What the line says of the header, its name and its value.
    header: Option<(&'static str, HeaderName, String)>,
}

pub(crate) fn all() -> Vec<Asked> {
    let bearer = |said, token: &str| (said, AUTHORIZATION, format!("Bearer {token}"));
    let ada = || bearer("Ada's token", "ada-counts");
    let grace = || bearer("Grace's token", "grace-compiles");
    let basic = |said, name: &str, password: &str| {
        (
            said,
            AUTHORIZATION,
            encoded(&Authorization::basic(name, password)),
        )
    };
    let key = |said, header, value: &str| (said, header, value.to_owned());
    vec![
        nobody("GET", "/me"),
        asked("GET", "/me", bearer("a wrong token", "guessed")),
        asked("GET", "/me", basic("a password", "ada", "engine")),
        asked("GET", "/me", ada()),
        nobody("GET", "/books"),
        asked("GET", "/books", grace()),
        nobody("POST", "/books"),
        asked("POST", "/books", grace()),
        asked("POST", "/books", ada()),
        nobody("GET", "/report"),
        asked(
            "GET",
            "/report",
            basic("a wrong password", "ada", "guessed"),
        ),
        asked("GET", "/report", basic("an unknown name", "alan", "engine")),
        asked("GET", "/report", basic("a password", "ada", "engine")),
        nobody("GET", "/feed"),
        asked("GET", "/feed", key("a wrong key", KEY, "guessed")),
        asked("GET", "/feed", key("a key in a header", KEY, "key-of-ada")),
        asked(
            "GET",
            "/feed",
            key("a key in a cookie", COOKIE, "key=key-of-grace"),
        ),
        nobody("GET", "/feed?key=key-of-grace"),
        asked(
            "GET",
            "/feed?key=key-of-grace",
            key("a key of no text", KEY, "schl\u{fc}ssel"),
        ),
        nobody("GET", "/admin/usage"),
        asked("GET", "/admin/usage", grace()),
        asked("GET", "/admin/usage", ada()),
    ]
}

fn nobody(method: &'static str, path: &'static str) -> Asked {
    Asked {
        method,
        path,
        header: None,
    }
}

fn asked(
    method: &'static str,
    path: &'static str,
    header: (&'static str, HeaderName, String),
) -> Asked {
    Asked {
        header: Some(header),
        ..nobody(method, path)
    }
}

/// A typed header as it is sent.
fn encoded<C: Credentials>(header: &Authorization<C>) -> String {
    let mut values = Vec::new();
    header.encode(&mut values);
    let value = values
        .pop()
        .and_then(|value| Some(value.to_str().ok()?.to_owned()));
    value.expect("it is visible ASCII")
}

impl Asked {
    /// Sends it, and returns a line with the request and the answer.
    pub(crate) async fn answer(self, router: &Router) -> String {
        let Self {
            method,
            path,
            header,
        } = self;
        let who = header.as_ref().map_or("nothing", |(said, ..)| said);
        let mut request = Request::builder().method(method).uri(path);
        if let Some((_, name, value)) = &header {
            request = request.header(name, value);
        }
        let request = request.body(Body::from("Notes")).expect("a request");
        let Ok(response) = router.clone().oneshot(request).await;
        let (head, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body in memory");

        let mut line = format!("{method:<4} {path:<23} {who:<17} {}", head.status.as_u16());
        if let Some(challenge) = head.headers.get(WWW_AUTHENTICATE) {
            let _ = write!(line, " {}", String::from_utf8_lossy(challenge.as_bytes()));
        } else {
            let _ = write!(line, " {}", String::from_utf8_lossy(&body));
        }
        line
    }
}
