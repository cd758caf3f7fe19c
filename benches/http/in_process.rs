//! A router that is called without a server or a socket, to see differences that are small beside what
//! a connection costs.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use http_body_util::BodyExt;
use tokio::runtime::Builder;
use tower_service::Service;

use crate::AnyError;
use crate::client::Answer;
use crate::cpu;
use crate::scenarios::Contestant;
use crate::server::{self, Kind};

/// How many calls are timed at once.
const CALLS: u32 = 200_000;

/// The nanoseconds of CPU time that one call takes.
pub(crate) fn nanoseconds(contestant: &Contestant) -> Result<f64, AnyError> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut router = router(contestant)?;
        calls(&mut router, contestant.path).await?;
        let begun = cpu::time(std::process::id())?;
        calls(&mut router, contestant.path).await?;
        let taken = cpu::time(std::process::id())? - begun;
        Ok(taken.as_secs_f64() * 1e9 / f64::from(CALLS))
    })
}

/// What a contestant answers.
pub(crate) async fn ask(contestant: &Contestant) -> Result<Answer, AnyError> {
    let mut router = router(contestant)?;
    let (head, body) = call(&mut router, contestant.path).await?.into_parts();
    Ok(Answer {
        status: head.status,
        body: body.collect().await?.to_bytes(),
    })
}

fn router(contestant: &Contestant) -> Result<Router, AnyError> {
    match contestant.server {
        Kind::Axum => Ok(server::axum_router()),
        Kind::Hueless => Ok(server::hueless_router()),
        other => Err(format!("{} is not called in process", other.name()).into()),
    }
}

async fn calls(router: &mut Router, path: &'static str) -> Result<(), AnyError> {
    for _ in 0..CALLS {
        drop(call(router, path).await?);
    }
    Ok(())
}

async fn call(router: &mut Router, path: &'static str) -> Result<Response<Body>, AnyError> {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = axum::http::Uri::from_static(path);
    match router.call(request).await {
        Ok(response) => Ok(response),
        Err(never) => match never {},
    }
}
