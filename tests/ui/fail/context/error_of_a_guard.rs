use axum::Router;
use axum::routing::get;
use hueless::{dependency, handler};

struct AuthError;

#[dependency(guard)]
fn user() -> Result<String, AuthError> {
    Err(AuthError)
}

#[handler(requires(user))]
async fn read() -> String {
    "secret".to_owned()
}

fn main() {
    let _: Router = Router::new().route("/", get(read::handler)); //~ ERROR the trait bound `AuthError: IntoResponse` is not satisfied
}
