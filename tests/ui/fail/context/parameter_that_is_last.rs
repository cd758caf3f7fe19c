use axum::Router;
use axum::routing::get;
use hueless::handler;

struct Session;

#[handler]
fn read(_session: Session) -> String {
    "Ada".to_owned()
}

fn main() {
    let _: Router = Router::new().route("/", get(read::handler)); //~ ERROR the context `Http<()>` cannot run the handler `read`
}
