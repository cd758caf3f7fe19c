//! Numbers as they are written: `8`.

use syn::parse::ParseStream;
use syn::{Ident, LitInt};

use super::value::assignment;
use crate::errors::mistake_at;

/// `limit = 8`
pub(super) fn limit(key: &Ident, input: ParseStream<'_>) -> syn::Result<u32> {
    let start = input.fork();
    let limit = number(key, input)?;
    if limit > 0 {
        return Ok(limit);
    }
    // The `=` was there.
    start.parse::<syn::Token![=]>()?;
    Err(start.error("`limit = 0` lets no value live; write at least 1, or remove `limit`"))
}

/// `queue = 8`
pub(super) fn queue(key: &Ident, input: ParseStream<'_>) -> syn::Result<u32> {
    number(key, input)
}

fn number(key: &Ident, input: ParseStream<'_>) -> syn::Result<u32> {
    let message = format!("`{key}` takes a whole number; write `{key} = 8`");
    assignment(key, input, &message)?;
    let start = input.span();
    let written = input.parse::<LitInt>().ok();
    let written = written
        .filter(|literal| literal.suffix().is_empty() && input.is_empty())
        .filter(|literal| !literal.base10_digits().starts_with('-'))
        .ok_or_else(|| mistake_at(start, &message))?;
    written.base10_parse().map_err(|_| {
        let most = u32::MAX;
        let message = format!("`{key}` is at most {most}; write less, or remove `{key}`");
        mistake_at(start, message)
    })
}
