//! The values of options.

use crate::errors::{mistake_at, mistake_on};
use syn::parse::ParseStream;
use syn::punctuated::Punctuated;
use syn::{ExprPath, Ident, Path, Token, TypePath};

/// `inline`
pub(super) fn none(key: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() {
        return Ok(());
    }
    Err(mistake_at(
        key.span(),
        format!("`{key}` takes no value; write `{key}`"),
    ))
}

/// `requires(rate, page<100>)`
pub(super) fn list(key: &Ident, input: ParseStream<'_>) -> syn::Result<Vec<TypePath>> {
    let needs_names = || {
        let message = format!("`{key}` takes names of dependencies; write `{key}(name)`");
        Err(mistake_at(key.span(), message))
    };
    if !input.peek(syn::token::Paren) {
        return needs_names();
    }
    let content;
    syn::parenthesized!(content in input);
    if content.is_empty() {
        return needs_names();
    }
    let names = Punctuated::<TypePath, Token![,]>::parse_terminated(&content)?;
    if !input.is_empty() {
        let message = format!("expected `,` after `{key}(…)`");
        return Err(mistake_at(input.span(), message));
    }
    Ok(names.into_iter().collect())
}

/// `crate = ::elsewhere::hueless`
pub(super) fn absolute_path(key: &Ident, input: ParseStream<'_>) -> syn::Result<Path> {
    let message = "`crate` takes an absolute path; write `crate = ::hueless`";
    assignment(key, input, message)?;
    // What a relative path means depends on the module the item stands in: a `macro_rules!` that
    // writes the attribute would work in one module and fail in the next.
    if input.peek(Token![self]) || input.peek(Token![super]) {
        return Err(mistake_at(input.span(), message));
    }
    Path::parse_mod_style(input).map_err(|error| mistake_at(error.span(), message))
}

/// `teardown = close::<T>`
pub(super) fn function(key: &Ident, input: ParseStream<'_>) -> syn::Result<ExprPath> {
    let message = format!("`{key}` takes the name of a function; write `{key} = close`");
    assignment(key, input, &message)?;
    let start = input.span();
    let path: ExprPath = input.parse().map_err(|_| mistake_at(start, &message))?;
    if input.is_empty() {
        return Ok(path);
    }
    // Types take them without the colons.
    if input.peek(Token![<]) {
        let message = format!("arguments of a function follow `::`; write `{key} = close::<T>`");
        return Err(mistake_at(input.span(), message));
    }
    Err(mistake_on(path, message))
}

/// The `=` before a value that is there.
pub(super) fn assignment(key: &Ident, input: ParseStream<'_>, message: &str) -> syn::Result<()> {
    let has_value = input.parse::<Option<Token![=]>>()?.is_some() && !input.is_empty();
    if has_value {
        return Ok(());
    }
    Err(mistake_at(key.span(), message))
}
