use hueless::{App, handler};
use line_protocol::Router;

struct Session;

#[handler]
fn read(_session: Session) -> String {
    "Ada".to_owned()
}

fn main() {
    let router = Router::new(App::new());
    // Once for the handler, and once for the expression whose type holds it.
    router.route("READ", read::handler); //~ ERROR the context `Line` cannot run the handler `read` //~ ERROR `Session` cannot be read from the context `Line`
}
