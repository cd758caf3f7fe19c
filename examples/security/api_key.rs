//! An API key, in a header, in a cookie or in the query.

use axum::extract::Query;
use axum::http::{HeaderMap, HeaderValue};
use axum_extra::extract::CookieJar;
use hueless::dependency;
use serde::Deserialize;

use crate::account::Account;
use crate::refused::{Challenge, Refused};

#[derive(Debug, Deserialize)]
pub(crate) struct InQuery {
    key: Option<String>,
}

/// Who has the key that the request carries: in the header `x-api-key`, else in the cookie `key`, else
/// in the query. A query ends up in logs, so it is for clients that cannot send anything else.
///
/// The header is compared as bytes: one that is no text is a wrong key, and not a missing one.
#[dependency(guard)]
pub(crate) fn subscriber(
    headers: HeaderMap,
    cookies: CookieJar,
    Query(query): Query<InQuery>,
) -> Result<Account, Refused> {
    let in_header = headers.get("x-api-key").map(HeaderValue::as_bytes);
    let in_cookie = || cookies.get("key").map(|cookie| cookie.value().as_bytes());
    let in_query = || query.key.as_ref().map(String::as_bytes);
    let key = in_header.or_else(in_cookie).or_else(in_query);
    let key = key.ok_or(Refused::Missing(Challenge::ApiKey))?;
    Account::by_key(key).ok_or(Refused::Wrong(Challenge::ApiKey))
}
