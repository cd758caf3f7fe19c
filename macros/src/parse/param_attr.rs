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
    strip(item, false)
}

fn strip(item: TokenStream, in_struct: bool) -> TokenStream {
    let is_struct =
        |token: TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "struct");
    let in_struct = in_struct || item.clone().into_iter().any(is_struct);
    item.into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => match group.delimiter() {
                // What a macro was given: an item, or a part of one.
                Delimiter::None => regroup(&group, |inner| strip(inner, in_struct)),
                Delimiter::Brace | Delimiter::Bracket if !in_struct => group.into(),
                _ => regroup(&group, without_marks),
            },
            other => other,
        })
        .collect()
}

fn without_marks(tokens: TokenStream) -> TokenStream {
    let mut kept = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_pound = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        match token {
            _ if is_pound && tokens.next_if(is_mark).is_some() => {}
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                kept.extend([regroup(&group, without_marks)]);
            }
            token => kept.extend([token]),
        }
    }
    kept
}

/// The group with other tokens in it.
fn regroup(group: &Group, change: impl FnOnce(TokenStream) -> TokenStream) -> TokenTree {
    let mut changed = Group::new(group.delimiter(), change(group.stream()));
    changed.set_span(group.span());
    changed.into()
}

/// Whether `token` is the `[depends]` of `#[depends]`, or of `#[$meta]` in a macro.
fn is_mark(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    let first = group.stream().into_iter().next();
    match group.delimiter() {
        Delimiter::Bracket => first.is_some_and(|first| is_depends(&first)),
        Delimiter::None => first.is_some_and(|first| is_mark(&first)),
        Delimiter::Parenthesis | Delimiter::Brace => false,
    }
}

fn is_depends(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(ident) => ident == "depends",
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
            let first = group.stream().into_iter().next();
            first.is_some_and(|first| is_depends(&first))
        }
        _ => false,
    }
}
