//! Who is asking.

use axum::http::StatusCode;
use axum::http::header::WWW_AUTHENTICATE;
use axum::response::{IntoResponse, Response};
use axum_extra::TypedHeader;
use axum_extra::headers::Authorization;
use axum_extra::headers::authorization::Bearer;
use axum_extra::typed_header::TypedHeaderRejection;
use hueless::dependency;
use hueless::openapi::{Describe, Description};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

/// Nobody with a token.
#[derive(Debug)]
pub(crate) struct Unauthorized;

impl IntoResponse for Unauthorized {
    fn into_response(self) -> Response {
        (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Bearer")]).into_response()
    }
}

/// The user whose token the request carries.
#[dependency(guard)]
pub(crate) async fn user(
    token: Result<TypedHeader<Authorization<Bearer>>, TypedHeaderRejection>,
) -> Result<&'static str, Unauthorized> {
    match token {
        Ok(token) if token.token() == "ada-counts" => Ok("Ada"),
        _ => Err(Unauthorized),
    }
}

impl Describe for user {
    fn describe(description: &mut Description) {
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        description
            .security("token", bearer)
            .response("401", "There is no token, or it belongs to nobody.");
    }
}
