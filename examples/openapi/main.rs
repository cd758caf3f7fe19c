//! An OpenAPI document in which dependencies speak for themselves.
//!
//! `#[utoipa::path]` says what a handler does. That it needs a token, or a scope, and how to ask for a
//! page of a list is said once, beside the dependencies that check and read it, in `auth.rs` and in
//! `page.rs`. Each operation whose handler needs such a dependency has it in the document.
//!
//! ```text
//! cargo run --example openapi         # port 3000
//! cargo run --example openapi 8080    # another port; 0 is any free one
//!
//! curl http://127.0.0.1:3000/openapi.json
//! curl -H 'authorization: Bearer ada-counts' 'http://127.0.0.1:3000/api/books?limit=1'
//! # Grace may read only: this is a 403.
//! curl -i -X POST -H 'authorization: Bearer grace-compiles' http://127.0.0.1:3000/api/books
//! ```

mod auth;
mod books;
mod page;

use std::error::Error;
use std::net::Ipv4Addr;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use hueless::openapi::{Descriptions, routes};
use tokio::net::TcpListener;
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

/// What holds for the whole document.
#[derive(OpenApi)]
#[openapi(info(
    title = "Books",
    description = "A list of books. Every request needs a token."
))]
struct Document;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port = std::env::args()
        .nth(1)
        .map_or(Ok(3000), |port| port.parse())?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    println!("The document is at /openapi.json");
    axum::serve(listener, router()?).await?;
    Ok(())
}

fn router() -> Result<Router, Box<dyn Error>> {
    let descriptions = Descriptions::new()
        .with::<auth::user>()
        .with::<auth::writer>()
        .with::<page::page<100>>();
    let books = OpenApiRouter::new()
        .routes(routes!(descriptions; books::list, books::add))
        .routes(routes!(descriptions; books::show));
    let mut document = Document::openapi();
    descriptions.modify(&mut document);
    let (router, document) = OpenApiRouter::with_openapi(document)
        .nest("/api", books)
        .split_for_parts();

    let document = document.to_pretty_json()?;
    let json = [(CONTENT_TYPE, "application/json")];
    Ok(router.route("/openapi.json", get(async move || (json, document))))
}
