//! `Authorization: Basic <name and password>`.

use axum_extra::TypedHeader;
use axum_extra::headers::Authorization;
use axum_extra::headers::authorization::Basic;
use axum_extra::typed_header::TypedHeaderRejection;
use hueless::dependency;

use crate::account::Account;
use crate::refused::{Challenge, Refused};

/// Who has the password that the request carries.
///
/// To verify a password against its hash takes long, and all of that is computing: with `cpu` no more
/// of them run at once than there are cores.
#[dependency(guard, cpu)]
pub(crate) fn signed_in(
    credentials: Result<TypedHeader<Authorization<Basic>>, TypedHeaderRejection>,
) -> Result<Account, Refused> {
    let credentials = credentials.map_err(|_| Refused::Missing(Challenge::Basic))?;
    Account::by_password(credentials.username(), credentials.password())
        .ok_or(Refused::Wrong(Challenge::Basic))
}
