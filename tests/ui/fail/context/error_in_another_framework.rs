use hueless::{App, Depends, dependency, handler};
use line_protocol::Router;

struct AuthError;

#[dependency]
fn user() -> Result<String, AuthError> {
    Err(AuthError)
}

#[handler]
fn read(user: Depends<user>) -> String {
    user.to_string()
}

fn main() {
    let _ = Router::new(App::new()).route("READ", read::handler); //~ ERROR a line cannot be refused with `AuthError`
}
