//! The slow server that everything is fetched from.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::time::sleep;

/// How long it takes to find a document.
const SEARCHING: Duration = Duration::from_millis(250);

/// The way to the library.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit {
    pub(crate) library: SocketAddr,
}

impl Visit {
    /// Where a document is.
    pub(crate) fn url(&self, name: &str) -> String {
        format!("http://{}/{name}", self.library)
    }
}

/// A server that is open.
#[derive(Debug)]
pub(crate) struct Library {
    address: SocketAddr,
    readers: Arc<Readers>,
}

impl Library {
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many were served at once, at most, since this was last asked.
    pub(crate) fn most_readers(&self) -> usize {
        self.readers.most.swap(0, Ordering::Relaxed)
    }
}

#[derive(Debug, Default)]
struct Readers {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// Opens a library on a free port, until the runtime ends.
pub(crate) async fn open() -> io::Result<Library> {
    let readers = Arc::<Readers>::default();
    let router = Router::new()
        .route("/{name}", get(find))
        .with_state(Arc::clone(&readers));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    drop(tokio::spawn(async { axum::serve(listener, router).await }));
    Ok(Library { address, readers })
}

async fn find(State(readers): State<Arc<Readers>>, Path(name): Path<String>) -> String {
    let now = readers.now.fetch_add(1, Ordering::Relaxed) + 1;
    readers.most.fetch_max(now, Ordering::Relaxed);
    sleep(SEARCHING).await;
    readers.now.fetch_sub(1, Ordering::Relaxed);
    format!("all about {name}")
}
