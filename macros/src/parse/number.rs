//! Numbers as they are written: `8`.

use proc_macro2::Span;
use syn::parse::ParseStream;
use syn::{Ident, LitInt};

use super::value::assignment;
use crate::errors::mistake_at;

/// `limit = 8`
pub(super) fn limit(key: &Ident, input: ParseStream<'_>) -> syn::Result<u32> {
    let (limit, span) = number(key, input)?;
    if limit > 0 {
        return Ok(limit);
    }
    let message = "`limit = 0` lets no value live; write at least 1, or remove `limit`";
    Err(mistake_at(span, message))
}

/// `queue = 8`
pub(super) fn queue(key: &Ident, input: ParseStream<'_>) -> syn::Result<u32> {
    number(key, input).map(|(queue, _)| queue)
}

/// A number, and where it stands.
fn number(key: &Ident, input: ParseStream<'_>) -> syn::Result<(u32, Span)> {
    let message = format!("`{key}` takes a whole number; write `{key} = 8`");
    assignment(key, input, &message)?;
    let start = input.span();
    let written = input.parse::<LitInt>().ok();
    let written = written
        .filter(|literal| literal.suffix().is_empty() && input.is_empty())
        .filter(|literal| !literal.base10_digits().starts_with('-'))
        .ok_or_else(|| mistake_at(start, &message))?;
    let number = written.base10_parse().map_err(|_| {
        let most = u32::MAX;
        let message = format!("`{key}` is at most {most}; write less, or remove `{key}`");
        mistake_at(start, message)
    })?;
    Ok((number, start))
}
