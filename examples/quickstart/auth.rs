//! Who is asking.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use hueless::{Depends, dependency};
use rusqlite::OptionalExtension;

use crate::database::database;
use crate::error::Error;

/// Somebody with a token.
#[derive(Debug)]
pub(crate) struct User {
    pub(crate) id: i64,
}

/// The user whose token the request carries.
///
/// A guard: until it has passed, nothing else of the request starts, and no byte of its body is
/// read. It asks the database, so it is a plain `fn`.
#[dependency(guard)]
pub(crate) fn current_user(database: Depends<database>, headers: HeaderMap) -> Result<User, Error> {
    let token = bearer_token(&headers).ok_or(Error::Unauthorized)?;
    let user = database
        .connection()
        .query_row("SELECT id FROM users WHERE token = ?1", [token], |row| {
            Ok(User { id: row.get(0)? })
        })
        .optional()?;
    user.ok_or(Error::Unauthorized)
}

fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(AUTHORIZATION)?
        .to_str()
        .ok()?
        .strip_prefix("Bearer ")
}
