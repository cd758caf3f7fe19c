use axum::Router;
use axum::extract::Path;
use axum::response::IntoResponse;
use axum::routing::get;
use hueless::{App, Call, Graph, handler};

#[handler(inline)] //~ ERROR `inline` is for a plain `fn`, as an `async fn` is awaited in place; remove `inline`
async fn read(Path(id): Path<u64>) -> impl IntoResponse {
    id.to_string()
}

fn main() {
    let _: Router = Router::new().route("/{id}", get(read::handler));
    drop(App::new().run(read::handler, Call::new()));
    println!("{}", Graph::of::<read>());
    drop(read(Path(1)));
}
