//! [`Server`]: accepts connections, and stops without cutting a request short.

use std::io::{self, ErrorKind};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::connection::Connection;
use crate::router::Router;

/// Serves a [`Router`] over TCP.
#[derive(Debug)]
pub struct Server {
    router: Arc<Router>,
}

impl Server {
    /// A server for the routes of a router.
    #[must_use]
    pub fn new(router: Router) -> Self {
        Self {
            router: Arc::new(router),
        }
    }

    /// Serves connections until `stop` is done: then it accepts no more, closes those that are idle,
    /// and returns when every request that had begun is answered.
    ///
    /// # Errors
    ///
    /// What the listener failed with.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped, so are all connections, and the requests they carry.
    pub async fn serve(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()>,
    ) -> io::Result<()> {
        let (stopping, told_to_stop) = watch::channel(false);
        let mut connections = JoinSet::new();
        let mut stop = std::pin::pin!(stop);
        let accepted = loop {
            tokio::select! {
                () = &mut stop => break Ok(()),
                Some(_ended) = connections.join_next() => {}
                accepted = listener.accept() => match accepted {
                    Ok((stream, peer)) => {
                        let router = Arc::clone(&self.router);
                        let connection = Connection::new(stream, peer, router);
                        connections.spawn(connection.serve(told_to_stop.clone()));
                    }
                    Err(error) if is_about_one_connection(&error) => {}
                    Err(error) => break Err(error),
                },
            }
        };
        drop(listener);
        stopping.send_replace(true);
        // Whatever ended a connection, its client has seen.
        while connections.join_next().await.is_some() {}
        accepted
    }
}

/// Whether the next connection may do better.
fn is_about_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionAborted | ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset
    )
}
