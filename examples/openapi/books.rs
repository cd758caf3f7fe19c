//! The endpoints.
//!
//! `#[utoipa::path]` and `#[handler]` stand on the same function, in any order.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use hueless::{Depends, dependency, handler};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{user, writer};
use crate::page::page;

/// A book.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct Book {
    title: String,
    author: String,
}

/// All books. Every handler that takes them needs a user, and so a token.
#[dependency]
pub(crate) async fn shelf(_user: Depends<user>) -> Vec<Book> {
    let book = |title: &str, author: &str| Book {
        title: title.to_owned(),
        author: author.to_owned(),
    };
    vec![
        book("Sketch of the Analytical Engine", "Luigi Menabrea"),
        book("The Education of a Computer", "Grace Hopper"),
    ]
}

/// Lists books, a page at a time.
#[utoipa::path(get, path = "/books", responses((status = 200, body = [Book])))]
#[handler]
pub(crate) async fn list(shelf: Depends<shelf>, page: Depends<page<100>>) -> Json<Vec<Book>> {
    let books = shelf.iter().skip(page.offset).take(page.limit);
    Json(books.cloned().collect())
}

/// Shows one book.
#[handler]
#[utoipa::path(
    get,
    path = "/books/{number}",
    params(("number" = usize, Path, description = "The number of the book; the first is 0.")),
    responses(
        (status = 200, body = Book),
        (status = 404, description = "There is no book with that number.")
    )
)]
pub(crate) async fn show(
    shelf: Depends<shelf>,
    Path(number): Path<usize>,
) -> Result<Json<Book>, StatusCode> {
    let book = shelf.get(number).cloned();
    book.map(Json).ok_or(StatusCode::NOT_FOUND)
}

/// Adds a book.
///
/// This example keeps nothing: it only sends the book back.
#[utoipa::path(post, path = "/books", request_body = Book, responses((status = 201, body = Book)))]
#[handler(requires(writer))]
pub(crate) async fn add(Json(book): Json<Book>) -> (StatusCode, Json<Book>) {
    (StatusCode::CREATED, Json(book))
}
