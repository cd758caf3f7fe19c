use axum::Router;
use axum::routing::get;
use hueless::handler;

struct PageError;

#[handler]
async fn read() -> Result<String, PageError> {
    Err(PageError)
}

fn main() {
    let _: Router = Router::new().route("/", get(read::handler)); //~ ERROR Result<Reply<Result<String, PageError>>
}
