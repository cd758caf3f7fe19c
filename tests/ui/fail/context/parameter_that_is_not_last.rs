use axum::Router;
use axum::http::HeaderMap;
use axum::routing::get;
use hueless::handler;

struct Session;

#[handler]
fn read(_session: Session, headers: HeaderMap) -> String {
    format!("{headers:?}")
}

fn main() {
    let _: Router = Router::new().route("/", get(read::handler)); //~ ERROR the trait bound `Session: FromRequestParts<()>` is not satisfied
}
