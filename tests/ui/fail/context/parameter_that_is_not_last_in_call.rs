use hueless::{App, Call, Input, handler};

struct Session;

#[handler]
fn read(_session: Session, Input(name): Input<String>) -> String {
    name
}

async fn run(app: App) {
    // Once for the handler, and once for each expression whose type holds it.
    let _ = app.run(read::handler, Call::new()).await; //~ ERROR the context `Call` cannot run the handler `read` //~ ERROR `Session` cannot be read from the context `Call` (2 times)
}

fn main() {}
