use axum::Router;
use axum::routing::get;
use hueless::{Depends, dependency, handler};

struct Session;

#[dependency]
async fn token(_session: Session) -> String {
    "secret".to_owned()
}

#[dependency]
fn user(token: Depends<token>) -> String {
    token.to_string()
}

#[dependency]
struct Page {
    user: Depends<user>,
}

#[handler]
fn read(page: Depends<Page>) -> String {
    page.user.to_string()
}

fn main() {
    let _: Router = Router::new().route("/", get(read::handler)); //~ ERROR the trait bound `Session: FromRequestParts<()>` is not satisfied
}
