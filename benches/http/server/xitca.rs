//! xitca-web, which runs a plain `fn` on tokio's blocking threads.

use xitca_web::App;
use xitca_web::handler::{handler_service, handler_sync_service};
use xitca_web::route::get;

use super::listener;
use crate::AnyError;
use crate::routes::{PING, PLAIN, SLOW};
use crate::work;

async fn ping() -> &'static str {
    work::hello()
}

fn plain() -> &'static str {
    work::hello()
}

fn slow() -> &'static str {
    work::slow()
}

pub(crate) fn serve() -> Result<(), AnyError> {
    let app = App::new()
        .at(PING, get(handler_service(ping)))
        .at(PLAIN, get(handler_sync_service(plain)))
        .at(SLOW, get(handler_sync_service(slow)));
    Ok(app.serve().listen(listener::listen()?)?.run().wait()?)
}
