//! The endpoints.
//!
//! `#[utoipa::path]` and `#[handler]` stand on the same function, in any order.

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use hueless::{Depends, dependency, handler};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::user;
use crate::page::page;

/// Something to read.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct Book {
    title: String,
    author: String,
}

/// All books, for who has a token: nobody gets at them without a user.
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

/// A page of them.
#[utoipa::path(get, path = "/books", responses((status = 200, body = [Book])))]
#[handler]
pub(crate) async fn list(shelf: Depends<shelf>, page: Depends<page<100>>) -> Json<Vec<Book>> {
    let books = shelf.iter().skip(page.offset).take(page.limit);
    Json(books.cloned().collect())
}

/// One of them.
#[handler]
#[utoipa::path(
    get,
    path = "/books/{number}",
    params(("number" = usize, Path, description = "Which one, from 0.")),
    responses((status = 200, body = Book), (status = 404, description = "There are less."))
)]
pub(crate) async fn show(
    shelf: Depends<shelf>,
    Path(number): Path<usize>,
) -> Result<Json<Book>, StatusCode> {
    let book = shelf.get(number).cloned();
    book.map(Json).ok_or(StatusCode::NOT_FOUND)
}

/// One more, which is forgotten at once.
#[utoipa::path(post, path = "/books", request_body = Book, responses((status = 201, body = Book)))]
#[handler(requires(user))]
pub(crate) async fn add(Json(book): Json<Book>) -> (StatusCode, Json<Book>) {
    (StatusCode::CREATED, Json(book))
}
