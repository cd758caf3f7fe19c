use hueless::{App, Depends, dependency, handler};
use line_protocol::Router;

struct Session;

#[dependency]
fn user(_session: Session) -> String {
    "Ada".to_owned()
}

#[handler]
fn read(user: Depends<user>) -> String {
    user.to_string()
}

fn main() {
    let _ = Router::new(App::new()).route("READ", read::handler); //~ ERROR `Session` cannot be read from a line
}
