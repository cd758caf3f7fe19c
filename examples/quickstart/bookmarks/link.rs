//! [`Link`]: where a bookmark points to.

use std::fmt;

use axum::http::Uri;
use axum::http::uri::Scheme;
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

/// The address of a page: `http` or `https`, and a host.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Link {
    uri: Uri,
    /// What to connect to.
    authority: String,
}

impl Link {
    /// The host and the port to connect to, as in `example.org:443`.
    pub(super) fn authority(&self) -> &str {
        &self.authority
    }
}

impl TryFrom<String> for Link {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let uri: Uri = text.parse().map_err(|_| "a URL is expected")?;
        let default_port = match uri.scheme() {
            Some(scheme) if *scheme == Scheme::HTTP => 80,
            Some(scheme) if *scheme == Scheme::HTTPS => 443,
            _ => return Err("a URL that starts with http:// or https:// is expected"),
        };
        let host = uri.host().ok_or("a URL with a host is expected")?;
        let port = uri.port_u16().unwrap_or(default_port);
        let authority = format!("{host}:{port}");
        Ok(Self { uri, authority })
    }
}

impl fmt::Display for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.uri.fmt(formatter)
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.to_string()
    }
}

impl ToSql for Link {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for Link {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = String::column_result(value)?;
        text.try_into()
            .map_err(|reason: &str| FromSqlError::Other(reason.into()))
    }
}
