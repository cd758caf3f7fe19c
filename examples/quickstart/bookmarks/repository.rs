//! Everything said in SQL about bookmarks. All of it blocks, so all of it is plain.

use hueless::{Depends, dependency};
use rusqlite::{ErrorCode, OptionalExtension, Row, named_params};
use serde::Deserialize;

use super::{Bookmark, Draft};
use crate::auth::current_user;
use crate::database::database;
use crate::error::Error;
use crate::extract::{Path, Query};
use crate::page::{Page, page};

/// The bookmarks of the user who asks.
///
/// A struct is a dependency built from its fields. Nobody gets at bookmarks without a user.
#[dependency]
#[derive(Debug)]
pub(crate) struct Bookmarks {
    database: Depends<database>,
    user: Depends<current_user>,
}

impl Bookmarks {
    /// A page of them, oldest first.
    pub(super) fn list(&self, page: &Page) -> Result<Vec<Bookmark>, Error> {
        self.find("", page)
    }

    /// A page of those whose title contains `words`, in either case.
    fn find(&self, words: &str, page: &Page) -> Result<Vec<Bookmark>, Error> {
        let connection = self.database.connection();
        let mut statement = connection.prepare_cached(
            "SELECT * FROM bookmarks
             WHERE user = :user AND instr(lower(title), lower(:words)) > 0
             ORDER BY id LIMIT :limit OFFSET :offset",
        )?;
        let found = statement.query_map(
            named_params! {
                ":user": self.user.id,
                ":words": words,
                ":limit": page.limit,
                ":offset": page.offset,
            },
            Bookmark::from_row,
        )?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// One of them.
    fn get(&self, id: i64) -> Result<Bookmark, Error> {
        self.database
            .connection()
            .query_row(
                "SELECT * FROM bookmarks WHERE user = ?1 AND id = ?2",
                (self.user.id, id),
                Bookmark::from_row,
            )
            .optional()?
            .ok_or(Error::NotFound { id })
    }

    /// Adds one.
    pub(super) fn add(&self, draft: &Draft) -> Result<Bookmark, Error> {
        let added = self.database.connection().query_row(
            "INSERT INTO bookmarks (user, title, url) VALUES (?1, ?2, ?3) RETURNING *",
            (self.user.id, &draft.title, &draft.url),
            Bookmark::from_row,
        );
        added.map_err(|error| match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => Error::Duplicate {
                url: draft.url.to_string(),
            },
            _ => error.into(),
        })
    }

    /// Removes one.
    pub(super) fn remove(&self, id: i64) -> Result<(), Error> {
        let removed = self.database.connection().execute(
            "DELETE FROM bookmarks WHERE user = ?1 AND id = ?2",
            (self.user.id, id),
        )?;
        // Somebody else may have been faster.
        if removed == 0 {
            return Err(Error::NotFound { id });
        }
        Ok(())
    }

    /// Keeps whether somebody answered there.
    pub(super) fn record(&self, id: i64, reachable: bool) -> Result<Bookmark, Error> {
        self.database
            .connection()
            .query_row(
                "UPDATE bookmarks SET reachable = ?3 WHERE user = ?1 AND id = ?2 RETURNING *",
                (self.user.id, id, reachable),
                Bookmark::from_row,
            )
            .optional()?
            .ok_or(Error::NotFound { id })
    }
}

impl Bookmark {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            title: row.get("title")?,
            url: row.get("url")?,
            reachable: row.get("reachable")?,
        })
    }
}

/// The bookmark that the path names.
#[dependency]
pub(crate) fn bookmark(
    bookmarks: Depends<Bookmarks>,
    Path(id): Path<i64>,
) -> Result<Bookmark, Error> {
    bookmarks.get(id)
}

#[derive(Debug, Deserialize)]
pub(crate) struct Search {
    words: String,
}

/// The bookmarks that the query searches for.
#[dependency]
pub(crate) fn found(
    bookmarks: Depends<Bookmarks>,
    page: Depends<page<20>>,
    Query(search): Query<Search>,
) -> Result<Vec<Bookmark>, Error> {
    bookmarks.find(&search.words, &page)
}
