//! Bookmarks: a title, a link, and whether somebody answered there.

mod handlers;
mod link;
mod probe;
mod repository;

pub(crate) use self::handlers::{add, check, list, remove, search, show};

use serde::{Deserialize, Serialize};

use self::link::Link;

/// What a user wants to keep.
#[derive(Debug, Deserialize)]
pub(crate) struct Draft {
    title: String,
    url: Link,
}

/// What is kept.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Bookmark {
    id: i64,
    title: String,
    url: Link,
    /// Unknown until it is checked.
    reachable: Option<bool>,
}
