use axum::extract::Path;
use hueless::{App, Call, handler};

#[handler]
fn read(Path(id): Path<u64>) -> String {
    id.to_string()
}

async fn run(app: App) {
    // Once for the handler, and once for each expression whose type holds it.
    let _ = app.run(read::handler, Call::new()).await; //~ ERROR the context `Call` cannot run the handler `read` //~ ERROR `axum::extract::Path<u64>` cannot be read from the context `Call` (2 times)
}

fn main() {}
