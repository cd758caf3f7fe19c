//! The endpoint: takes pictures and hands out thumbnails.

use std::ops::RangeInclusive;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use hueless::{Depends, block_on, handler};
use image::ImageFormat;
use serde::Deserialize;

use crate::error::Error;
use crate::pictures::{Name, pictures};
use crate::queue::{Queue, State as Job};
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
    // A queue that does not answer may have taken the order all the same, so the picture stays. If it
    // has not, nobody uses the picture.
    block_on(queue.push(order))?;
    Ok((StatusCode::ACCEPTED, format!("{picture}\n")))
}

/// What there is when a thumbnail is asked for, and nothing is wrong.
enum Thumbnail {
    Made(Vec<u8>),
    NotYet,
}

impl IntoResponse for Thumbnail {
    fn into_response(self) -> Response {
        match self {
            Self::Made(png) => ([(header::CONTENT_TYPE, "image/png")], png).into_response(),
            Self::NotYet => {
                (StatusCode::ACCEPTED, "the thumbnail is not made yet\n").into_response()
            }
        }
    }
}

/// Where there is no thumbnail, the queue knows why.
#[handler]
fn thumbnail(
    pictures: Depends<pictures>,
    State(queue): State<Queue>,
    Path(name): Path<Name>,
) -> Result<Thumbnail, Error> {
    if let Some(png) = pictures.read_thumbnail(name)? {
        return Ok(Thumbnail::Made(png));
    }
    match block_on(queue.find(name))? {
        Some(Job::Waits) => Ok(Thumbnail::NotYet),
        // Since it was looked for above.
        Some(Job::Done) => match pictures.read_thumbnail(name)? {
            Some(png) => Ok(Thumbnail::Made(png)),
            None => Err(Error::Unknown),
        },
        Some(Job::GivenUp) if !pictures.knows(name) => Err(Error::Gone),
        Some(Job::GivenUp) => Err(Error::GivenUp),
        None => Err(Error::Unknown),
    }
}
