//! Thumbnails: an endpoint takes pictures, workers in this or in other processes make them small.
//!
//! ```text
//! cargo run --example jobs              # the endpoint on port 3000, and a worker beside it
//! cargo run --example jobs -- worker    # one more worker, in a process of its own
//! cargo run --example jobs -- serve     # the endpoint without a worker
//! ```
//!
//! The queue is a file, `jobs.db`, unless an option names another one: `--sqlite other.db`,
//! `--postgres postgres://user:password@host/database`, `--redis redis://host`. Pictures are kept in
//! the folder `pictures`, or where `--pictures folder` says, which all processes share. `--port` is
//! the endpoint's; 0 is any free one.
//!
//! Stop a worker with `kill -9` while it works: another one makes the thumbnail once the queue has
//! missed it for some seconds. Take the folder `pictures` away and put it back: the job is tried again
//! until that works, and each try that fails is logged. After 25 of them it is given up, and
//! `/thumbnails/<name>` says so. `--help` names the options.
//!
//! Read `thumbnail.rs` first, the job; then `endpoint.rs`, which asks for it, and `worker.rs`, which
//! runs it. Both use the same dependency, `pictures`. What becomes of a job that fails is in `tries.rs`.

mod endpoint;
mod error;
#[path = "../quickstart/interrupt.rs"]
mod interrupt;
mod options;
mod pictures;
mod queue;
mod thumbnail;
mod tries;
mod worker;

use std::io;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::time::Duration;

use hueless::{App, BoxError};
use tokio::net::TcpListener;
use tokio::sync::watch;

use self::options::{Options, USAGE};
use self::queue::Queue;

/// How long what is left may take when requests and jobs have ended.
const DEADLINE: Duration = Duration::from_secs(10);

#[tokio::main]
async fn main() -> ExitCode {
    let options = match Options::read() {
        Ok(Some(options)) => options,
        Ok(None) => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("jobs: {error}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    tracing_subscriber::fmt().with_writer(io::stderr).init();
    match run(options).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("jobs: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(options: Options) -> Result<(), BoxError> {
    let interrupts = interrupt::listen()?;
    let queue = Queue::connect(&options).await?;
    let app = App::builder()
        .replace_with::<options::options>(options.clone())
        .singleton::<pictures::pictures>()
        .build()?;
    // Fails now, and not with the first job, where the folder for pictures cannot be used.
    app.start().await?;
    let (ask, stop) = watch::channel(());
    tokio::spawn(async move {
        interrupt::wait_to_stop(interrupts).await;
        drop(ask);
    });

    let worker = async {
        if options.role.works() {
            queue.clone().work(app.clone(), Stop(stop.clone())).await
        } else {
            Ok(())
        }
    };
    let endpoint = async {
        if options.role.serves() {
            serve(options.port, queue.clone(), app.clone(), Stop(stop.clone())).await
        } else {
            Ok(())
        }
    };
    let (worked, served) = tokio::join!(worker, endpoint);
    // Whoever used the app has ended, so nothing is refused that could still be done.
    app.shutdown(DEADLINE).await?;
    served?;
    worked.map_err(|error| format!("the queue failed while the worker stopped: {error}"))?;
    println!("Stopped. What is not done yet is in the queue.");
    Ok(())
}

async fn serve(port: u16, queue: Queue, app: App, stop: Stop) -> Result<(), BoxError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener =
        listener.map_err(|error| format!("port {port} cannot be used ({error}); try --port 0"))?;
    let server = format!("http://{}", listener.local_addr()?);
    println!(
        "\
Listening on {server}

Try, in another terminal, with a picture of yours:

  curl --data-binary @picture.png '{server}/pictures?edge=64'
  curl -o thumbnail.png {server}/thumbnails/<the name that it answered with>

Ctrl-C stops it."
    );
    let router = endpoint::router(queue).layer(app.layer());
    axum::serve(listener, router)
        .with_graceful_shutdown(stop.asked())
        .await?;
    Ok(())
}

/// Tells when the process is asked to stop.
#[derive(Debug, Clone)]
struct Stop(watch::Receiver<()>);

impl Stop {
    fn is_asked(&self) -> bool {
        self.0.has_changed().is_err()
    }

    async fn asked(mut self) {
        // Nothing is ever sent: the other end goes.
        while self.0.changed().await.is_ok() {}
    }
}
