#![deny(warnings)]

use axum::Router;
use axum::extract::Path;
use axum::routing::get;
use hueless::{Depends, dependency, handler};
use utoipa::OpenApi;

#[dependency]
fn db() -> String {
    "row".to_owned()
}

#[utoipa::path(get, path = "/above/{id}", params(("id" = u64, Path)), responses((status = 200)))]
#[handler]
async fn above(db: Depends<db>, Path(id): Path<u64>) -> String {
    format!("{} {id}", *db)
}

#[handler]
#[utoipa::path(get, path = "/below/{id}", params(("id" = u64, Path)), responses((status = 200)))]
fn below(db: Depends<db>, Path(id): Path<u64>) -> String {
    format!("{} {id}", *db)
}

#[derive(OpenApi)]
#[openapi(paths(above, below))]
struct Api;

fn main() {
    let _: Router = Router::new()
        .route("/above/{id}", get(above::handler))
        .route("/below/{id}", get(below::handler));
    let paths = Api::openapi().paths.paths;
    assert!(paths.contains_key("/above/{id}") && paths.contains_key("/below/{id}"));
}
