//! salvo, which runs a plain `fn` where it runs everything else.

use salvo::conn::tcp::TcpAcceptor;
use salvo::{Router, Server, handler};
use tokio::net::TcpListener;

use super::listener;
use crate::AnyError;
use crate::routes::{PING, PLAIN, SLOW};
use crate::work;

#[handler]
async fn ping() -> &'static str {
    work::hello()
}

#[handler]
fn plain() -> &'static str {
    work::hello()
}

#[handler]
fn slow() -> &'static str {
    work::slow()
}

#[tokio::main]
pub(crate) async fn serve() -> Result<(), AnyError> {
    let acceptor = TcpAcceptor::try_from(TcpListener::from_std(listener::listen()?)?)?;
    let router = Router::new()
        .push(Router::with_path(PING).get(ping))
        .push(Router::with_path(PLAIN).get(plain))
        .push(Router::with_path(SLOW).get(slow));
    Server::new(acceptor).serve(router).await;
    Ok(())
}
