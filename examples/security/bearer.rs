//! `Authorization: Bearer <token>`.

use axum_extra::TypedHeader;
use axum_extra::headers::Authorization;
use axum_extra::headers::authorization::Bearer;
use axum_extra::typed_header::TypedHeaderRejection;
use hueless::dependency;

use crate::account::Account;
use crate::refused::{Challenge, Refused};

/// Who has the token that the request carries.
///
/// As a `Result` the extractor does not answer itself where the header is missing or says something
/// else, so that the answer is a challenge.
#[dependency(guard)]
pub(crate) fn caller(
    token: Result<TypedHeader<Authorization<Bearer>>, TypedHeaderRejection>,
) -> Result<Account, Refused> {
    let token = token.map_err(|_| Refused::Missing(Challenge::Bearer))?;
    Account::by_token(token.token()).ok_or(Refused::Wrong(Challenge::Bearer))
}
