//! A server with two workers, on a runtime of its own.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};

const WORKERS: usize = 2;

/// A server that runs until it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    _runtime: Runtime,
}

impl Server {
    /// Serves a router on a free port of this machine.
    pub(crate) fn start(router: fn() -> Router) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(WORKERS)
            .enable_all()
            .build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let address = listener.local_addr()?;
        // Built inside the runtime, as a `main` would.
        runtime.spawn(async move { axum::serve(listener, router()).await });
        Ok(Self {
            address,
            _runtime: runtime,
        })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}
