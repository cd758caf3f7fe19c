//! A graph in layers, used in two contexts whose types rustc finds only after the handler is named.

use std::error::Error;
use std::fmt;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hueless::{App, BoxError, Call, Extract, Input};

mod layers;

/// The handler under axum, in a router with a state.
pub fn router() -> Router {
    Router::new()
        .route("/", get(layers::answer::handler))
        .with_state(Settings { seed: 1 })
}

/// The handler with no framework.
pub fn call(app: &App) -> impl Future<Output = Result<String, BoxError>> {
    app.run(layers::answer::handler, Call::new().with(1_u64))
}

/// The state of the router.
#[derive(Clone)]
struct Settings {
    seed: u64,
}

/// What the lowest layer and the handler read from their context.
pub struct Seed(pub u64);

impl FromRequestParts<Settings> for Seed {
    type Rejection = Refused;

    async fn from_request_parts(_: &mut Parts, settings: &Settings) -> Result<Self, Refused> {
        Ok(Self(settings.seed))
    }
}

impl Extract<Seed> for Call {
    async fn extract(&mut self) -> Result<Seed, BoxError> {
        let Input(seed) = Extract::<Input<u64>>::extract(self).await?;
        Ok(Seed(seed))
    }
}

/// An error that both contexts can reject with.
#[derive(Debug)]
pub struct Refused;

impl Refused {
    fn if_zero(value: u64) -> Result<u64, Self> {
        if value == 0 { Err(Self) } else { Ok(value) }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("refused")
    }
}

impl Error for Refused {}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        StatusCode::FORBIDDEN.into_response()
    }
}
