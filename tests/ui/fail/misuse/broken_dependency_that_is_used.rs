use axum::Router;
use axum::routing::get;
use hueless::{App, Call, Depends, Graph, dependency, handler};

#[dependency(singleton, sometimes)] //~ ERROR unknown option `sometimes`
pub fn db(name: &str) -> Result<String, String> { //~ ERROR a dependency cannot borrow
    Ok(name.to_owned())
}

#[dependency(singleton)]
fn pool(db: Depends<db>) -> usize {
    db.len()
}

#[handler]
fn read(db: Depends<db>, pool: Depends<pool>) -> String {
    format!("{}{}", *db, *pool)
}

mod elsewhere {
    use super::db;

    pub(crate) fn call() -> Result<String, String> {
        db("row")
    }
}

fn main() {
    let _: Router = Router::new().route("/", get(read::handler));
    drop(App::new().run(read::handler, Call::new()));
    println!("{}", Graph::of::<read>());
    drop(read(Depends::new("row".to_owned()), Depends::new(1)));
    drop(elsewhere::call());
}
