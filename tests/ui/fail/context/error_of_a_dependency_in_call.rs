use hueless::{App, Call, Depends, dependency, handler};

struct AuthError;

#[dependency]
fn user() -> Result<String, AuthError> {
    Err(AuthError)
}

#[handler]
fn read(user: Depends<user>) -> String {
    user.to_string()
}

async fn run(app: App) {
    // Once for the handler, and once for each expression whose type holds it.
    let _ = app.run(read::handler, Call::new()).await; //~ ERROR the trait bound `AuthError: std::error::Error` is not satisfied (3 times)
}

fn main() {}
