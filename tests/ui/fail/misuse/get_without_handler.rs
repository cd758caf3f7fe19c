use axum::Router;
use axum::routing::get;
use hueless::{Depends, dependency, handler};

#[dependency]
fn db() -> String {
    "row".to_owned()
}

#[handler]
fn read_item(db: Depends<db>) -> String {
    db.to_string()
}

fn main() {
    let _: Router = Router::new().route("/", get(read_item)); //~ ERROR the trait bound `fn(Depends<db>) -> String {read_item}: axum::handler::Handler<_, _>` is not satisfied
}
