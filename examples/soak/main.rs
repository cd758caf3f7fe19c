//! A server under everything at once: half a thousand clients, every kind of function, and clients
//! that hang up. Afterwards it is stopped, and the books have to balance.
//!
//! ```text
//! cargo run --release --example soak                       # 20 seconds, 500 connections
//! cargo run --release --example soak -- --seconds 300 --connections 2000
//! ```
//!
//! It prints what was asked and how it ended, which values were made and ended, and how it stood with
//! seats, threads and memory; it fails if anything was lost, answered wrongly, or is still there.

mod books;
mod catalogue;
mod client;
mod dice;
mod endpoints;
mod options;
mod process;
mod report;
mod watch;

use std::error::Error;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hueless::App;
use tokio::net::TcpSocket;
use tokio::sync::Notify;

use self::client::Client;
use self::options::Options;
use self::report::Report;
use self::watch::Watch;

/// How long the server may take to answer what it has begun, and the app to end what is left.
const DEADLINE: Duration = Duration::from_secs(20);

/// How many threads run requests at once, and how many what comes after them.
const THREADS: usize = 16;
const AFTER_THREADS: usize = 8;

#[tokio::main]
async fn main() -> ExitCode {
    let report = match Options::read() {
        Ok(options) => soak(options).await,
        Err(error) => Err(error.into()),
    };
    match report {
        Ok(report) => {
            print!("{report}");
            ExitCode::from(u8::from(!report.is_well()))
        }
        Err(error) => {
            eprintln!("soak: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn soak(options: Options) -> Result<Report, Box<dyn Error>> {
    endpoints::hush_what_panics_on_purpose();
    process::allow_many_files();
    let app = App::builder()
        .blocking_limit(THREADS)
        .after_limit(AFTER_THREADS)
        .seats(2 * options.connections)
        .build()?;
    let before = app.stats();

    let socket = TcpSocket::new_v4()?;
    socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
    let listener = socket.listen(4_096)?;
    let address = listener.local_addr()?;
    let stop = Arc::new(Notify::new());
    let stopped = Arc::clone(&stop);
    let server = axum::serve(listener, endpoints::router().layer(app.layer()))
        .with_graceful_shutdown(async move { stopped.notified().await });
    let server = tokio::spawn(server.into_future());

    let is_over = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..options.connections)
        .map(|number| Client::new(address, number, Arc::clone(&is_over)))
        .map(|client| tokio::spawn(client.run()))
        .collect();
    let during = Watch::new(&app).watch(options.time).await;

    // The server is stopped while they still ask.
    let stopping = Instant::now();
    is_over.store(true, Ordering::SeqCst);
    stop.notify_one();
    let served = tokio::time::timeout(DEADLINE, server).await;
    for client in clients {
        client.await?;
    }
    let ended = app.shutdown(DEADLINE).await;
    let stopping_took = stopping.elapsed();
    // Less than they would wait for work.
    watch::wait_for_threads(&app, Duration::from_secs(5)).await;
    Ok(Report {
        options,
        before,
        during,
        after: app.stats(),
        // Requests that had begun were answered, if so.
        has_stopped: matches!(served, Ok(Ok(Ok(())))),
        still_running: ended.err().map(|still_running| still_running.to_string()),
        stopping_took,
    })
}
