use hueless::{App, Call, handler};

#[handler]
async fn read_item() -> String {
    "row".to_owned()
}

async fn run(app: App) {
    // Once for the handler, and once for each expression whose type holds it.
    let _ = app.run(read_item, Call::new()).await; //~ ERROR function is expected to take 1 argument, but it takes 0 arguments (3 times)
}

fn main() {}
