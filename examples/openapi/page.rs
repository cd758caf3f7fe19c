//! Lists, a page at a time.

use axum::extract::Query;
use hueless::dependency;
use hueless::openapi::{Describe, Description};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa::openapi::path::ParameterIn;

/// What the query says.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Wanted {
    /// The largest number of entries to return.
    limit: Option<usize>,
    /// The number of entries to skip.
    #[serde(default)]
    offset: usize,
}

/// A part of a list.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) limit: usize,
    pub(crate) offset: usize,
}

/// The page that is asked for, of at most `MAX` entries.
#[dependency(inline)]
pub(crate) fn page<const MAX: usize>(Query(wanted): Query<Wanted>) -> Page {
    Page {
        limit: wanted.limit.unwrap_or(MAX).min(MAX),
        offset: wanted.offset,
    }
}

/// One for every `MAX`; `main.rs` adds those that are used.
impl<const MAX: usize> Describe for page<MAX> {
    fn describe(description: &mut Description) {
        description.parameters::<Wanted>(ParameterIn::Query);
    }
}
