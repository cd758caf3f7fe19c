//! What an inspector shows where. What is nowhere here is no matter of the inspector, and so it has no
//! fallback: a router that it is merged into keeps its own.

use std::collections::hash_map::RandomState;
use std::convert::Infallible;
use std::hash::BuildHasher;
use std::sync::Arc;

use ::axum::Router;
use ::axum::extract::{FromRequestParts, RawPathParams, State};
use ::axum::http::StatusCode;
use ::axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use ::axum::http::request::Parts;
use ::axum::response::{IntoResponse, Response};
use ::axum::routing::get;

use super::state;
use super::watched::Watched;
use crate::app::{Activity, App};
use crate::explain::Explanation;

/// The page, with its style and its script in it.
const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

const JSON: &str = "application/json";
const SVG: &str = "image/svg+xml";

pub(super) fn of(app: &App) -> Router {
    Router::new()
        .route("/", get(page))
        .route("/state.json", get(app_state))
        .route("/handlers/{number}/state.json", get(handler_state))
        .route("/handlers/{number}/graph.svg", get(graph))
        .route("/explanations/{number}/waterfall.svg", get(waterfall))
        .route("/explanations/{number}/trace.json", get(trace))
        .with_state(Inspected {
            app: app.clone(),
            start: random().into(),
        })
}

/// What is inspected.
#[derive(Clone)]
struct Inspected {
    app: App,
    /// Tells this inspector from one whose numbers mean something else: the one of the process that
    /// was here before.
    start: Arc<str>,
}

/// A number in a path, written as the inspector writes it; `None` if it is anything else.
struct Number(Option<u64>);

impl<S: Send + Sync> FromRequestParts<S> for Number {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let parameters = RawPathParams::from_request_parts(parts, state).await.ok();
        // The path that the inspector is nested at may have others.
        let number = parameters.as_ref().and_then(|parameters| {
            let numbers = parameters.iter().filter(|(name, _)| *name == "number");
            let (_, text) = numbers.last()?;
            let number: u64 = text.parse().ok()?;
            (number.to_string() == text).then_some(number)
        });
        Ok(Self(number))
    }
}

/// What there is nothing of.
enum Missing {
    Handler,
    Explanation,
}

impl IntoResponse for Missing {
    fn into_response(self) -> Response {
        let what = match self {
            Self::Handler => {
                "There is no handler with this number: `state.json` has those that there are. A \
                 handler has one when it has had a request, or is one that the app `serves`."
            }
            Self::Explanation => {
                "No request is kept under this number: it was not written down, or so many came after \
                 it that it is gone. `state.json` of a handler has those that are kept."
            }
        };
        (StatusCode::NOT_FOUND, format!("{what}\n")).into_response()
    }
}

async fn page() -> Response {
    // Whoever could write into the page could not know it.
    let nonce = random();
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; \
         img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    let page = PAGE
        .replace("{style}", STYLE)
        .replace("{script}", SCRIPT)
        .replace("{nonce}", &nonce);
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (CONTENT_SECURITY_POLICY, policy),
    ];
    (headers, page).into_response()
}

/// What nobody can guess: two numbers of a keyed hash.
fn random() -> String {
    let random = RandomState::new();
    format!("{:016x}{:016x}", random.hash_one(0), random.hash_one(1))
}

async fn app_state(State(Inspected { app, start }): State<Inspected>) -> impl IntoResponse {
    ([(CONTENT_TYPE, JSON)], state::of_app(&app, &start))
}

async fn handler_state(
    State(Inspected { app, .. }): State<Inspected>,
    Number(number): Number,
) -> Result<impl IntoResponse, Missing> {
    let (activity, watched) = handler(&app, number)?;
    let state = state::of_handler(&app, &activity, &watched);
    Ok(([(CONTENT_TYPE, JSON)], state))
}

async fn graph(
    State(Inspected { app, .. }): State<Inspected>,
    Number(number): Number,
) -> Result<impl IntoResponse, Missing> {
    let (_, watched) = handler(&app, number)?;
    Ok(([(CONTENT_TYPE, SVG)], (watched.graph)(&app).to_svg()))
}

async fn waterfall(
    State(Inspected { app, .. }): State<Inspected>,
    Number(number): Number,
) -> Result<impl IntoResponse, Missing> {
    let explanation = explanation(&app, number)?;
    Ok(([(CONTENT_TYPE, SVG)], explanation.to_svg()))
}

async fn trace(
    State(Inspected { app, .. }): State<Inspected>,
    Number(number): Number,
) -> Result<impl IntoResponse, Missing> {
    let explanation = explanation(&app, number)?;
    Ok(([(CONTENT_TYPE, JSON)], explanation.to_chrome_trace()))
}

fn handler(app: &App, number: Option<u64>) -> Result<(Arc<Activity>, Arc<Watched>), Missing> {
    let mut handlers = state::handlers(app).into_iter();
    handlers
        .find(|(_, watched)| Some(watched.number) == number)
        .ok_or(Missing::Handler)
}

fn explanation(app: &App, number: Option<u64>) -> Result<Explanation, Missing> {
    let number = number.ok_or(Missing::Explanation)?;
    let mut handlers = state::handlers(app).into_iter();
    handlers
        .find_map(|(_, watched)| watched.explanation(number))
        .ok_or(Missing::Explanation)
}
