//! Why a request is refused, and which answer says so.

use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

/// Why a request is refused.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Refused {
    /// It has no credentials of that kind: 401.
    Missing(Challenge),
    /// It has some, but no account has those: 401.
    Wrong(Challenge),
    /// The account may not do this: 403.
    Forbidden { scope: &'static str },
}

/// Which credentials are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Challenge {
    Bearer,
    Basic,
    ApiKey,
}

impl Refused {
    fn status(self) -> StatusCode {
        match self {
            Self::Missing(_) | Self::Wrong(_) => StatusCode::UNAUTHORIZED,
            Self::Forbidden { .. } => StatusCode::FORBIDDEN,
        }
    }

    /// The header that RFC 9110 asks for in a 401. What it says of bearer tokens, in a 403 too, is of
    /// RFC 6750, section 3: no `error` where there was no token. That of passwords is of RFC 7617.
    /// `ApiKey` is no registered scheme: a client knows it from the service's documentation.
    fn challenge(self) -> String {
        match self {
            Self::Wrong(Challenge::Bearer) => {
                r#"Bearer realm="books", error="invalid_token""#.to_owned()
            }
            Self::Missing(Challenge::Bearer) => r#"Bearer realm="books""#.to_owned(),
            Self::Missing(Challenge::Basic) | Self::Wrong(Challenge::Basic) => {
                r#"Basic realm="books", charset="UTF-8""#.to_owned()
            }
            Self::Missing(Challenge::ApiKey) | Self::Wrong(Challenge::ApiKey) => {
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
