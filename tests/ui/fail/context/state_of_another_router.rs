use axum::Router;
use axum::extract::State;
use axum::routing::get;
use hueless::{Depends, dependency, handler};

#[derive(Clone)]
struct Admin;

#[dependency]
fn name(State(_admin): State<Admin>) -> String {
    "Ada".to_owned()
}

#[handler]
fn read(name: Depends<name>) -> String {
    name.to_string()
}

fn main() {
    let router = Router::new().route("/", get(read::handler)); //~ ERROR the trait bound `Admin: FromRef<u32>` is not satisfied
    let _: Router = router.with_state(1_u32);
}
