//! Bookmarks behind an API token: a small service on axum and `SQLite`.
//!
//! `SQLite` blocks, so what talks to it is a plain `fn`; what waits for the network is an `async fn`.
//! Nobody wraps anything in `spawn_blocking`, and no handler says which is which.
//!
//! ```text
//! cargo run --example quickstart         # port 3000, bookmarks in memory
//! cargo run --example quickstart 8080    # another port, as PORT=8080 does; 0 is any free one
//! DATABASE=bookmarks.db cargo run --example quickstart    # kept in a file
//! ```
//!
//! Read `bookmarks/handlers.rs` first, then what its functions depend on.

mod auth;
mod bookmarks;
mod database;
mod error;
mod extract;
mod health;
mod interrupt;
mod page;
mod routes;
mod welcome;

use std::error::Error;
use std::io;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::time::Duration;

use hueless::App;
use tokio::net::TcpListener;

/// How long what is left may take when the last connection is closed.
const DEADLINE: Duration = Duration::from_secs(10);

#[tokio::main]
async fn main() -> ExitCode {
    // Answers go to the client, causes go here: the log.
    tracing_subscriber::fmt().with_writer(io::stderr).init();
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("quickstart: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), Box<dyn Error>> {
    let port = port()?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .await
        .map_err(|error| format!("port {port} cannot be used ({error}); try another: PORT=0"))?;
    let interrupts = interrupt::listen()?;
    welcome::print(listener.local_addr()?);

    axum::serve(listener, routes::router())
        .with_graceful_shutdown(interrupt::wait_to_stop(interrupts))
        .await?;
    // No connection is left. What goes on behind the responses is, and then the database is closed.
    App::current().shutdown(DEADLINE).await?;
    println!("Stopped. Every request that had begun was answered.");
    Ok(())
}

/// The port to listen on: the first argument, else the variable `PORT`, else 3000.
fn port() -> Result<u16, String> {
    let Some(port) = std::env::args().nth(1).or(std::env::var("PORT").ok()) else {
        return Ok(3000);
    };
    port.parse()
        .map_err(|_| format!("`{port}` is not a port; write a number from 0 to 65535"))
}
