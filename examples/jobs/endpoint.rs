//! The endpoint: takes pictures and hands out thumbnails.

use std::fs;
use std::ops::RangeInclusive;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use hueless::{Depends, block_on, handler};
use image::ImageFormat;
use serde::Deserialize;

use crate::error::Error;
use crate::pictures::{Name, pictures};
use crate::queue::Queue;
use crate::thumbnail::Order;

/// In bytes, how large a picture may be.
const LARGEST: usize = 16 * 1024 * 1024;

/// How long the longest edge of a thumbnail may be.
const EDGES: RangeInclusive<u32> = 1..=1024;

pub(crate) fn router(queue: Queue) -> Router {
    Router::new()
        .route("/pictures", post(upload::handler))
        .route("/thumbnails/{name}", get(thumbnail::handler))
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(queue)
}

#[derive(Debug, Deserialize)]
#[serde(default)]
struct Size {
    edge: u32,
}

impl Default for Size {
    fn default() -> Self {
        Self { edge: 128 }
    }
}

/// Keeps a picture, asks for its thumbnail, and answers with its name.
///
/// It writes a file, so it is a plain function; to ask the queue it waits where it is.
#[handler]
fn upload(
    pictures: Depends<pictures>,
    State(queue): State<Queue>,
    Query(size): Query<Size>,
    bytes: Bytes,
) -> Result<(StatusCode, String), Error> {
    if !EDGES.contains(&size.edge) {
        return Err(Error::Edge);
    }
    if image::guess_format(&bytes).ok() != Some(ImageFormat::Png) {
        return Err(Error::NotAPicture);
    }
    let picture = pictures.keep(&bytes)?;
    let order = Order {
        picture,
        edge: size.edge,
    };
    if let Err(error) = block_on(queue.push(order)) {
        pictures.forget(picture)?;
        return Err(error);
    }
    Ok((StatusCode::ACCEPTED, format!("{picture}\n")))
}

#[handler]
fn thumbnail(
    pictures: Depends<pictures>,
    Path(name): Path<Name>,
) -> Result<impl IntoResponse, Error> {
    match fs::read(pictures.thumbnail(name)) {
        Ok(png) => Ok(([(header::CONTENT_TYPE, "image/png")], png)),
        Err(_) if pictures.knows(name) => Err(Error::NotYet),
        Err(_) => Err(Error::Unknown),
    }
}
