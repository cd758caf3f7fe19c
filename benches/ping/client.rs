//! One keep-alive connection.

use std::net::SocketAddr;
use std::time::Duration;

use axum::http::{Request, StatusCode, header};
use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::AnyError;

/// A server that has not answered after this long has stopped: nothing that is compared is that slow.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
}

/// A connection that requests are sent over, one after the other.
#[derive(Debug)]
pub(crate) struct Client {
    host: String,
    sender: SendRequest<Empty<Bytes>>,
}

impl Client {
    /// Connects, on the current runtime.
    pub(crate) async fn connect(address: SocketAddr) -> Result<Self, AnyError> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        // It ends with the client; what goes wrong in it fails the request that is under way.
        tokio::spawn(connection);
        Ok(Self {
            host: address.to_string(),
            sender,
        })
    }

    /// Sends a request and reads the whole answer.
    pub(crate) async fn get(&mut self, path: &str) -> Result<Answer, AnyError> {
        tokio::time::timeout(PATIENCE, self.exchange(path))
            .await
            .map_err(|_| format!("{path} was not answered in {PATIENCE:?}"))?
    }

    async fn exchange(&mut self, path: &str) -> Result<Answer, AnyError> {
        let request = Request::get(path)
            .header(header::HOST, &self.host)
            .body(Empty::new())?;
        self.sender.ready().await?;
        let (head, body) = self.sender.send_request(request).await?.into_parts();
        Ok(Answer {
            status: head.status,
            body: body.collect().await?.to_bytes(),
        })
    }
}
