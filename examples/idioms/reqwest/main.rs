//! reqwest: a client for the app, what it fetches for the request.
//!
//! A client keeps connections open, so there is one for the app. The async one is for `async fn`; the
//! blocking one for plain `fn`, and nothing else changes.
//!
//! ```text
//! cargo run --example with-reqwest    # asks a small library that it starts itself
//! ```

mod asynchronous;
mod blocking;
mod library;

use std::time::Duration;

use hueless::{App, BoxError, Call};

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    // Elsewhere its address is in the environment; here it is known when it is open.
    let app = App::builder()
        .replace_with::<library::address>(library::open().await?)
        .build()?;
    println!("`async fn`");
    for number in [1_u32, 9] {
        let call = Call::new().with(number);
        show(number, app.run(asynchronous::describe::handler, call).await);
    }
    println!("\nPlain `fn`");
    for number in [1_u32, 9] {
        let call = Call::new().with(number);
        show(number, app.run(blocking::describe::handler, call).await);
    }
    // The clients go here; the blocking one on a thread that may block.
    app.shutdown(Duration::from_secs(10)).await?;
    Ok(())
}

fn show(number: u32, described: Result<String, BoxError>) {
    let described = described.unwrap_or_else(|error| format!("error: {error}"));
    println!("  book {number}: {described}");
}
