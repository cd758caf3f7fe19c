//! poem, which runs a plain `fn` where it runs everything else.

use poem::listener::TcpAcceptor;
use poem::{Route, Server, get, handler};

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
    let acceptor = TcpAcceptor::from_std(listener::listen()?)?;
    let app = Route::new()
        .at(PING, get(ping))
        .at(PLAIN, get(plain))
        .at(SLOW, get(slow));
    Ok(Server::new_with_acceptor(acceptor).run(app).await?)
}
