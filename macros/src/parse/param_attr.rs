//! The helper attribute `#[depends]` on parameters and fields: read, and kept out of what is
//! emitted, where rustc would not know it.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::{Attribute, Meta};

use super::Predicate;
use super::cfg::brings_mark;
use crate::errors::Errors;

/// What the attributes of a parameter or a field say to hueless.
#[derive(Clone)]
pub(crate) struct Marks {
    /// Whether it carries `#[depends]`.
    pub(crate) depends: bool,
    /// Its `#[cfg]`s.
    pub(crate) cfg: Vec<Predicate>,
}

impl Marks {
    /// Reads the marks, and removes `#[depends]` from `attrs`, also where a `cfg_attr` brings it.
    pub(crate) fn take(attrs: &mut Vec<Attribute>, errors: &mut Errors) -> Self {
        let mut first: Option<Span> = None;
        attrs.retain(|attr| {
            if !attr.path().is_ident("depends") {
                return true;
            }
            if !matches!(attr.meta, Meta::Path(_)) {
                errors.on(attr, "`#[depends]` takes no options; write `#[depends]`");
            } else if first.is_some() {
                errors.on(attr, "`#[depends]` is given twice; remove one");
            }
            first.get_or_insert(attr.pound_token.span);
            false
        });
        let cfg = Predicate::of(attrs, errors);
        attrs.retain(|attr| !brings_mark(attr));
        Self {
            depends: first.is_some(),
            cfg,
        }
    }
}

/// Removes `#[depends]` from an item that could not be parsed, so that rustc does not report the
/// mark on top of what is wrong. The bodies of functions are left alone.
pub(crate) fn strip_marks(item: TokenStream) -> TokenStream {
    let is_struct = item
        .clone()
        .into_iter()
        .any(|token| matches!(&token, TokenTree::Ident(ident) if ident == "struct"));
    item.into_iter()
        .map(|token| match token {
            TokenTree::Group(group) if is_struct || group.delimiter() == Delimiter::Parenthesis => {
                let mut stripped = Group::new(group.delimiter(), without_marks(group.stream()));
                stripped.set_span(group.span());
                stripped.into()
            }
            other => other,
        })
        .collect()
}

fn without_marks(tokens: TokenStream) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let after_pound =
            matches!(kept.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == '#');
        if after_pound && is_mark(&token) {
            kept.pop();
        } else {
            kept.push(token);
        }
    }
    kept.into_iter().collect()
}

/// Whether `token` is the `[depends]` of `#[depends]`.
fn is_mark(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    let first = group.stream().into_iter().next();
    group.delimiter() == Delimiter::Bracket
        && matches!(first, Some(TokenTree::Ident(ident)) if ident == "depends")
}
