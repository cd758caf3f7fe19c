//! Which part of a long list is asked for.

use axum::extract::Query;
use hueless::dependency;
use hueless::openapi::{Describe, Description};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa::openapi::path::ParameterIn;

/// What the query says.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Wanted {
    /// How many at most.
    limit: Option<usize>,
    /// How many to leave out.
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

/// One description for every `MAX`; which of them are in the document is said in `main.rs`.
impl<const MAX: usize> Describe for page<MAX> {
    fn describe(description: &mut Description) {
        description.parameters::<Wanted>(ParameterIn::Query);
    }
}
