use axum::Router;
use axum::routing::post;
use hueless::{Depends, dependency, handler};

#[dependency]
fn order(body: String) -> usize {
    body.len()
}

#[handler]
async fn write(order: Depends<order>) -> String {
    order.to_string()
}

fn main() {
    let _: Router = Router::new().route("/", post(write::handler)); //~ ERROR the trait bound `String: FromRequestParts<()>` is not satisfied
}
