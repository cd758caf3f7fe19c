use axum::Router;
use axum::routing::get;
use hueless::dependency;

#[dependency]
fn user() -> String {
    "Ada".to_owned()
}

fn main() {
    let _: Router = Router::new().route("/", get(user::handler)); //~ ERROR no function or associated item named `handler` found for struct `user` in the current scope
}
