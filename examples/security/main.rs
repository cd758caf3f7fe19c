//! Who is asking, and what they may do: bearer tokens, passwords, API keys, scopes.
//!
//! Each kind of credentials has a guard, written with extractors that are there already: typed headers
//! and cookies of `axum-extra`, the query of axum. The value of a guard is the account, so a handler
//! that takes `Depends<caller>` has one. Nothing else of a request starts before its guards have
//! passed.
//!
//! ```text
//! cargo run --example security    # sends requests to itself, and prints the answers
//! ```

mod account;
mod api_key;
mod basic;
mod bearer;
mod handlers;
mod refused;
mod requests;
mod scopes;

use axum::Router;
use axum::routing::get;
use hueless::axum::require;

use self::handlers::{add, books, feed, me, report, usage};
use self::scopes::{Admin, scope};

#[tokio::main]
async fn main() {
    let router = router();
    for request in requests::all() {
        println!("{}", request.answer(&router).await);
    }
}

fn router() -> Router {
    // Whoever adds a route here cannot forget its guard.
    let admin = Router::new()
        .route("/usage", get(usage::handler))
        .layer(require::<scope<Admin>>());
    Router::new()
        .route("/me", get(me::handler))
        .route("/books", get(books::handler).post(add::handler))
        .route("/report", get(report::handler))
        .route("/feed", get(feed::handler))
        .nest("/admin", admin)
}
