use axum::Router;
use axum::routing::get;
use hueless::{Depends, dependency, handler};

#[derive(Clone)]
struct ConfigError;

#[dependency(singleton)]
async fn config() -> Result<String, ConfigError> {
    Err(ConfigError)
}

#[handler]
fn read(config: Depends<config>) -> String {
    config.to_string()
}

fn main() {
    let _: Router = Router::new().route("/", get(read::handler)); //~ ERROR the trait bound `ConfigError: IntoResponse` is not satisfied
}
