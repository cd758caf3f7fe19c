//! The other service: where it is, what it says, and one to try with.

use std::env::{self, VarError};
use std::fmt;
use std::io;
use std::net::Ipv4Addr;

use axum::Json;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use hueless::dependency;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

/// Where it is: a dependency, so that tests can put another one in its place.
#[dependency(singleton, inline)]
pub(crate) fn address() -> Result<String, VarError> {
    env::var("LIBRARY")
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Book {
    title: String,
    author: String,
}

impl fmt::Display for Book {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, by {}", self.title, self.author)
    }
}

/// Opens a library of one book, and returns its address.
pub(crate) async fn open() -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let router = Router::new().route("/books/{number}", get(lend));
    tokio::spawn(async { axum::serve(listener, router).await });
    Ok(format!("http://{address}"))
}

async fn lend(Path(number): Path<u32>) -> Result<Json<Book>, StatusCode> {
    match number {
        1 => Ok(Json(Book {
            title: "Sketch of the Analytical Engine".to_owned(),
            author: "Ada".to_owned(),
        })),
        _ => Err(StatusCode::NOT_FOUND),
    }
}
