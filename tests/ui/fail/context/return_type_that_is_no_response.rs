use axum::Router;
use axum::routing::get;
use hueless::handler;

struct Page;

#[handler]
fn read() -> Page {
    Page
}

fn main() {
    let _: Router = Router::new().route("/", get(read::handler)); //~ ERROR Result<Reply<Page>
}
