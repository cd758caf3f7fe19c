use std::rc::Rc;

use axum::Router;
use axum::routing::get;
use hueless::handler;

async fn look_up(key: &str) -> usize {
    key.len()
}

#[handler]
async fn read() -> String { //~ ERROR future cannot be sent between threads safely
    let key = Rc::new("Ada");
    look_up(&key).await.to_string()
}

fn main() {
    let _: Router = Router::new().route("/", get(read::handler));
}
