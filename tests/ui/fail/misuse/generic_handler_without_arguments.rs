use axum::Router;
use axum::routing::get;
use hueless::handler;

#[handler]
fn list<T: ToString + Default + Send>() -> String {
    T::default().to_string()
}

fn main() {
    let _: Router = Router::new().route("/", get(list::handler)); //~ ERROR type annotations needed
}
