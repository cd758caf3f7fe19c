//! Which part of a long list is asked for.

use hueless::dependency;
use serde::Deserialize;

use crate::error::Error;
use crate::extract::Query;

/// A part of a list.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) limit: u32,
    pub(crate) offset: u32,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    limit: Option<u32>,
    #[serde(default)]
    offset: u32,
}

/// The page that the query asks for, of at most `MAX` entries.
///
/// Generic: each `MAX` is a dependency of its own. It only compares two numbers, so it is done on
/// the spot (`inline`).
#[dependency(inline)]
pub(crate) fn page<const MAX: u32>(Query(wanted): Query<Wanted>) -> Result<Page, Error> {
    let Wanted { limit, offset } = wanted;
    let limit = limit.unwrap_or(MAX);
    if limit > MAX {
        return Err(Error::PageTooLong { maximum: MAX });
    }
    Ok(Page { limit, offset })
}
