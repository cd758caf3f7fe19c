//! Who is asking, and what they may do.

use axum::http::StatusCode;
use axum::http::header::WWW_AUTHENTICATE;
use axum::response::{IntoResponse, Response};
use axum_extra::TypedHeader;
use axum_extra::headers::Authorization;
use axum_extra::headers::authorization::Bearer;
use axum_extra::typed_header::TypedHeaderRejection;
use hueless::openapi::{Describe, Description};
use hueless::{Depends, dependency};
use subtle::ConstantTimeEq;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

/// Why a request is refused.
#[derive(Debug)]
pub(crate) enum Refused {
    MissingToken,
    WrongToken,
    /// The token does not allow to write.
    ReadOnly,
}

impl IntoResponse for Refused {
    /// With the challenge that RFC 6750, section 3, asks for.
    fn into_response(self) -> Response {
        let (status, challenge) = match self {
            Self::MissingToken => (StatusCode::UNAUTHORIZED, r#"Bearer realm="books""#),
            Self::WrongToken => (
                StatusCode::UNAUTHORIZED,
                r#"Bearer realm="books", error="invalid_token""#,
            ),
            Self::ReadOnly => (
                StatusCode::FORBIDDEN,
                r#"Bearer realm="books", error="insufficient_scope", scope="write""#,
            ),
        };
        (status, [(WWW_AUTHENTICATE, challenge)]).into_response()
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct User {
    token: &'static str,
    may_write: bool,
}

/// A real service asks its database, which keeps hashes of the tokens.
const USERS: [User; 2] = [
    User {
        token: "ada-counts",
        may_write: true,
    },
    User {
        token: "grace-compiles",
        may_write: false,
    },
];

/// The user whose token the request carries.
#[dependency(guard)]
pub(crate) async fn user(
    token: Result<TypedHeader<Authorization<Bearer>>, TypedHeaderRejection>,
) -> Result<User, Refused> {
    let token = token.map_err(|_| Refused::MissingToken)?;
    // In a time that tells nobody how well a guess of the right length begins.
    let is_theirs = |user: &User| user.token.as_bytes().ct_eq(token.token().as_bytes()).into();
    USERS.into_iter().find(is_theirs).ok_or(Refused::WrongToken)
}

/// The user, if they may write.
#[dependency(guard)]
pub(crate) async fn writer(user: Depends<user>) -> Result<(), Refused> {
    user.may_write.then_some(()).ok_or(Refused::ReadOnly)
}

fn bearer() -> SecurityScheme {
    SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer))
}

impl Describe for user {
    fn describe(description: &mut Description) {
        description
            .security("token", bearer())
            .response("401", "The token is missing or wrong.");
    }
}

/// Only what it adds: who needs it needs a [`user()`] too, which says the rest.
impl Describe for writer {
    fn describe(description: &mut Description) {
        description
            .scopes("token", bearer(), ["write"])
            .response("403", "The token does not have the scope `write`.");
    }
}
