use axum::Router;
use axum::routing::get;
use hueless::{Depends, dependency, handler};

struct Session;

#[dependency]
fn user(_session: Session) -> String {
    "Ada".to_owned()
}

#[handler]
fn read(user: Depends<user>) -> String {
    user.to_string()
}

fn main() {
    let _: Router = Router::new().route("/", get(read::handler)); //~ ERROR the trait bound `Session: FromRequestParts<()>` is not satisfied
}
