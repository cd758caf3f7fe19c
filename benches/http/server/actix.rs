//! actix-web, where `web::block` runs a closure on a thread that may block.

use actix_web::rt::System;
use actix_web::{App, HttpServer, Responder, error::BlockingError, web};

use super::listener;
use crate::AnyError;
use crate::routes::{PING, PLAIN, SLOW};
use crate::work;

async fn ping() -> impl Responder {
    work::hello()
}

async fn plain() -> Result<&'static str, BlockingError> {
    web::block(work::hello).await
}

async fn slow() -> Result<&'static str, BlockingError> {
    web::block(work::slow).await
}

pub(crate) fn serve() -> Result<(), AnyError> {
    let listener = listener::listen()?;
    let app = || {
        App::new()
            .route(PING, web::get().to(ping))
            .route(PLAIN, web::get().to(plain))
            .route(SLOW, web::get().to(slow))
    };
    Ok(System::new().block_on(HttpServer::new(app).listen(listener)?.run())?)
}
