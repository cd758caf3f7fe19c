//! The `#[cfg]` of a parameter or a field.
//!
//! rustc evaluates a `#[cfg]` on an item before an attribute macro sees the item, but not one
//! inside of it.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Meta};

use crate::errors::Errors;

/// The condition in `#[cfg(…)]`.
#[derive(Clone)]
pub(crate) struct Predicate {
    tokens: TokenStream,
    text: String,
}

impl Predicate {
    /// The conditions among `attrs`, all of which must hold.
    pub(crate) fn of(attrs: &[Attribute], errors: &mut Errors) -> Vec<Self> {
        let mut predicates = Vec::new();
        for attr in attrs {
            match &attr.meta {
                Meta::List(list) if list.path.is_ident("cfg") => {
                    predicates.push(Self::new(list.tokens.clone()));
                }
                Meta::List(list)
                    if list.path.is_ident("cfg_attr")
                        && brings(&list.tokens, &["cfg", "depends"]) =>
                {
                    errors.on(
                        attr,
                        "`cfg_attr` cannot decide what is resolved; write `#[cfg(…)]` or \
                         `#[depends]` directly",
                    );
                }
                _ => {}
            }
        }
        predicates
    }

    fn new(tokens: TokenStream) -> Self {
        let text = tokens.to_string();
        Self { tokens, text }
    }
}

impl PartialEq for Predicate {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl ToTokens for Predicate {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

/// Whether `attr` is a `cfg_attr` that brings `#[depends]`, which rustc would not know.
pub(super) fn brings_mark(attr: &Attribute) -> bool {
    matches!(&attr.meta, Meta::List(list)
        if list.path.is_ident("cfg_attr") && brings(&list.tokens, &["depends"]))
}

/// Whether one of `names` is among the attributes in `#[cfg_attr(…)]`.
fn brings(tokens: &TokenStream, names: &[&str]) -> bool {
    let mut after_comma = false;
    tokens.clone().into_iter().any(|token| {
        let text = token.to_string();
        let brings = after_comma && names.contains(&text.as_str());
        after_comma = text == ",";
        brings
    })
}
