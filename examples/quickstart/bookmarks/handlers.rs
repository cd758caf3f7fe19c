//! The endpoints: what is asked for in, what is answered out.
//!
//! Those that call [`Bookmarks`] themselves are plain, for its methods block. The others may be
//! `async` as well as plain.

use axum::Json;
use axum::http::StatusCode;
use hueless::{Depends, handler};

use super::probe::reachable;
use super::repository::{Bookmarks, bookmark, found};
use super::{Bookmark, Draft};
use crate::error::Error;
use crate::extract::Body;
use crate::page::page;

/// `GET /bookmarks`: a page of them.
#[handler]
pub(crate) fn list(
    bookmarks: Depends<Bookmarks>,
    page: Depends<page<100>>,
) -> Result<Json<Vec<Bookmark>>, Error> {
    bookmarks.list(&page).map(Json)
}

/// `GET /bookmarks/search?words=…`: those whose title contains the words.
#[handler]
pub(crate) async fn search(found: Depends<found>) -> Json<Vec<Bookmark>> {
    Json(found.to_vec())
}

/// `GET /bookmarks/{id}`: one of them.
#[handler]
pub(crate) async fn show(bookmark: Depends<bookmark>) -> Json<Bookmark> {
    Json(Bookmark::clone(&bookmark))
}

/// `POST /bookmarks`: one more.
#[handler]
pub(crate) fn add(
    bookmarks: Depends<Bookmarks>,
    Body(draft): Body<Draft>,
) -> Result<(StatusCode, Json<Bookmark>), Error> {
    let bookmark = bookmarks.add(&draft)?;
    Ok((StatusCode::CREATED, Json(bookmark)))
}

/// `DELETE /bookmarks/{id}`: one less.
#[handler]
pub(crate) fn remove(
    bookmarks: Depends<Bookmarks>,
    bookmark: Depends<bookmark>,
) -> Result<StatusCode, Error> {
    bookmarks.remove(bookmark.id)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /bookmarks/{id}/check`: whether somebody answers there, and kept for later.
///
/// Plain, async, plain: the bookmark is read on a thread that may block, the network is awaited
/// without one, and the outcome is written on such a thread again.
#[handler]
pub(crate) fn check(
    bookmarks: Depends<Bookmarks>,
    bookmark: Depends<bookmark>,
    reachable: Depends<reachable>,
) -> Result<Json<Bookmark>, Error> {
    bookmarks.record(bookmark.id, *reachable).map(Json)
}
