//! What an inspector shows where.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Arc;

use ::axum::Router;
use ::axum::extract::{Path, State};
use ::axum::http::StatusCode;
use ::axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
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
        .fallback(elsewhere)
        .with_state(app.clone())
}

/// What there is nothing of.
enum Missing {
    Path,
    Handler,
    Explanation,
}

impl IntoResponse for Missing {
    fn into_response(self) -> Response {
        let what = match self {
            Self::Path => {
                "The inspector has nothing at this path. Its page is at `/` below where it is nested, \
                 and the numbers behind it are in `state.json` beside that."
            }
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
    // Two numbers of a keyed hash: whoever could write into the page could not know them.
    let random = RandomState::new();
    let nonce = format!("{:016x}{:016x}", random.hash_one(0), random.hash_one(1));
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

async fn app_state(State(app): State<App>) -> impl IntoResponse {
    ([(CONTENT_TYPE, JSON)], state::of_app(&app))
}

async fn handler_state(
    State(app): State<App>,
    Path(number): Path<String>,
) -> Result<impl IntoResponse, Missing> {
    let (activity, watched) = handler(&app, &number)?;
    let state = state::of_handler(&app, &activity, &watched);
    Ok(([(CONTENT_TYPE, JSON)], state))
}

async fn graph(
    State(app): State<App>,
    Path(number): Path<String>,
) -> Result<impl IntoResponse, Missing> {
    let (_, watched) = handler(&app, &number)?;
    Ok(([(CONTENT_TYPE, SVG)], (watched.graph)(&app).to_svg()))
}

async fn waterfall(
    State(app): State<App>,
    Path(number): Path<String>,
) -> Result<impl IntoResponse, Missing> {
    let explanation = explanation(&app, &number)?;
    Ok(([(CONTENT_TYPE, SVG)], explanation.to_svg()))
}

async fn trace(
    State(app): State<App>,
    Path(number): Path<String>,
) -> Result<impl IntoResponse, Missing> {
    let explanation = explanation(&app, &number)?;
    Ok(([(CONTENT_TYPE, JSON)], explanation.to_chrome_trace()))
}

async fn elsewhere() -> Missing {
    Missing::Path
}

fn handler(app: &App, number: &str) -> Result<(Arc<Activity>, Arc<Watched>), Missing> {
    let number: u64 = number.parse().map_err(|_| Missing::Handler)?;
    let mut handlers = state::handlers(app).into_iter();
    handlers
        .find(|(_, watched)| watched.number == number)
        .ok_or(Missing::Handler)
}

fn explanation(app: &App, number: &str) -> Result<Explanation, Missing> {
    let number: u64 = number.parse().map_err(|_| Missing::Explanation)?;
    let mut handlers = state::handlers(app).into_iter();
    handlers
        .find_map(|(_, watched)| watched.explanation(number))
        .ok_or(Missing::Explanation)
}
