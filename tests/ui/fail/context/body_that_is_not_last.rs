use axum::Router;
use axum::http::Uri;
use axum::routing::post;
use hueless::handler;

#[handler]
fn write(body: String, uri: Uri) -> String {
    format!("{uri} {body}")
}

fn main() {
    let _: Router = Router::new().route("/", post(write::handler)); //~ ERROR the trait bound `String: FromRequestParts<()>` is not satisfied
}
