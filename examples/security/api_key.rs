//! An API key, in a header, in a cookie or in the query.

use axum::extract::Query;
use axum::http::HeaderMap;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use hueless::dependency;
use serde::Deserialize;

use crate::account::Account;
use crate::refused::{Challenge, Refused};

#[derive(Debug, Deserialize)]
pub(crate) struct InQuery {
    key: Option<String>,
}

/// Who has the key that the request carries, in the header `x-api-key`, else in the cookie `key`, else
/// in the query, where it ends up in logs: that is for clients that cannot send anything else.
#[dependency(guard)]
pub(crate) fn subscriber(
    headers: HeaderMap,
    cookies: CookieJar,
    Query(query): Query<InQuery>,
) -> Result<Account, Refused> {
    let in_header = headers.get("x-api-key").and_then(|key| key.to_str().ok());
    let in_cookie = || cookies.get("key").map(Cookie::value);
    let key = in_header.or_else(in_cookie).or(query.key.as_deref());
    let key = key.ok_or(Refused::Unknown(Challenge::ApiKey))?;
    Account::by_key(key).ok_or(Refused::Wrong(Challenge::ApiKey))
}
