use axum::Router;
use axum::routing::get;
use hueless::{Depends, dependency, handler};

#[dependency]
fn config(db: Depends<db>) -> String { //~ ERROR dependency cycle: config -> db -> config
    db.to_string()
}

#[dependency]
fn db(config: Depends<config>) -> String {
    config.to_string()
}

#[handler]
fn read(db: Depends<db>) -> String {
    db.to_string()
}

fn main() {
    let _: Router = Router::new().route("/", get(read::handler)); //~ ERROR overflow evaluating the requirement
}
