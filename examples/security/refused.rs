//! Why somebody is not let in, and which answer says so.

use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// Why somebody is not let in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Refused {
    /// Nobody said who they are, in a way that the challenge asks for: 401.
    Unknown(Challenge),
    /// They said so, but nobody is known by that: 401.
    Wrong(Challenge),
    /// They are known, and may not do this: 403.
    Forbidden { scope: &'static str },
}

/// How somebody is to say who they are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Challenge {
    Bearer,
    Basic,
    ApiKey,
}

impl Refused {
    fn status(self) -> StatusCode {
        match self {
            Self::Unknown(_) | Self::Wrong(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } => StatusCode::FORBIDDEN,
        }
    }

    /// What RFC 9110 asks for beside a 401; the words for bearer tokens are those of RFC 6750.
    fn challenge(self) -> String {
        match self {
            Self::Wrong(Challenge::Bearer) => {
                r#"Bearer realm="books", error="invalid_token""#.to_owned()
            }
            Self::Unknown(Challenge::Bearer) => r#"Bearer realm="books""#.to_owned(),
            Self::Unknown(Challenge::Basic) | Self::Wrong(Challenge::Basic) => {
                r#"Basic realm="books", charset="UTF-8""#.to_owned()
            }
            Self::Unknown(Challenge::ApiKey) | Self::Wrong(Challenge::ApiKey) => {
                r#"ApiKey realm="books""#.to_owned()
            }
            Self::Forbidden { scope } => {
                format!(r#"Bearer realm="books", error="insufficient_scope", scope="{scope}""#)
            }
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let challenge = HeaderValue::try_from(self.challenge()).expect("it is visible ASCII");
        (self.status(), [(WWW_AUTHENTICATE, challenge)]).into_response()
    }
}
