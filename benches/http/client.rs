//! One request, to see what is answered. What is timed is asked by `wrk`.

use std::net::SocketAddr;
use std::time::Duration;

use axum::http::{Request, StatusCode, header};
use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::AnyError;

/// A server that has not answered after this long has stopped: no contestant is that slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
}

/// Sends a request over a connection of its own, and reads the whole answer.
pub(crate) async fn get(address: SocketAddr, path: &str) -> Result<Answer, AnyError> {
    timeout(PATIENCE, exchange(address, path))
        .await
        .map_err(|_| format!("{path} was not answered in {PATIENCE:?}"))?
}

async fn exchange(address: SocketAddr, path: &str) -> Result<Answer, AnyError> {
    let stream = TcpStream::connect(address).await?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    // It ends with the sender; what goes wrong in it fails the request.
    tokio::spawn(connection);
    let request = Request::get(path)
        .header(header::HOST, address.to_string())
        .body(Empty::<Bytes>::new())?;
    let (head, body) = sender.send_request(request).await?.into_parts();
    Ok(Answer {
        status: head.status,
        body: body.collect().await?.to_bytes(),
    })
}
