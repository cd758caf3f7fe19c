use axum::Router;
use axum::routing::get;
use hueless::{Depends, dependency, handler};

struct AuthError;

#[dependency]
fn user() -> Result<String, AuthError> {
    Err(AuthError)
}

#[handler]
fn read(user: Depends<user>) -> String {
    user.to_string()
}

fn main() {
    let _: Router = Router::new().route("/", get(read::handler)); //~ ERROR the trait bound `AuthError: IntoResponse` is not satisfied
}
