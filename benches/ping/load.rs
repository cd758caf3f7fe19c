//! The load: many connections that keep the blocking route busy, from a thread of their own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

use tokio::runtime::Builder;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::AnyError;
use crate::client::Client;
use crate::competitors::SLOW;

/// Connections that each send the next request as soon as the last one is answered.
#[derive(Debug)]
pub(crate) struct Load {
    answered: Arc<AtomicU64>,
    /// Stops the connections when it is dropped.
    stop: oneshot::Sender<()>,
    thread: JoinHandle<Result<(), AnyError>>,
}

impl Load {
    /// Starts the connections.
    pub(crate) fn start(address: SocketAddr, connections: usize) -> Self {
        let answered = Arc::new(AtomicU64::new(0));
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn({
            let answered = Arc::clone(&answered);
            move || {
                let runtime = Builder::new_current_thread().enable_all().build()?;
                runtime.block_on(run(address, connections, answered, stopped))
            }
        });
        Self {
            answered,
            stop,
            thread,
        }
    }

    /// How many requests have been answered so far.
    pub(crate) fn answered(&self) -> u64 {
        self.answered.load(Ordering::Relaxed)
    }

    /// Hangs up all connections, and says what went wrong in any of them.
    pub(crate) fn stop(self) -> Result<(), AnyError> {
        drop(self.stop);
        self.thread.join().map_err(|_| "the load panicked")?
    }
}

/// Runs the connections until they are stopped, or one of them fails.
async fn run(
    address: SocketAddr,
    connections: usize,
    answered: Arc<AtomicU64>,
    stopped: oneshot::Receiver<()>,
) -> Result<(), AnyError> {
    let mut tasks = JoinSet::new();
    for _ in 0..connections {
        let client = Client::connect(address).await?;
        tasks.spawn(keep_busy(client, Arc::clone(&answered)));
    }
    tokio::select! {
        _ = stopped => Ok(()),
        Some(failed) = tasks.join_next() => failed?,
    }
}

/// Sends requests until one fails.
async fn keep_busy(mut client: Client, answered: Arc<AtomicU64>) -> Result<(), AnyError> {
    loop {
        let answer = client.get(SLOW).await?;
        if !answer.status.is_success() {
            return Err(format!("{SLOW} answers {} under load", answer.status).into());
        }
        answered.fetch_add(1, Ordering::Relaxed);
    }
}
