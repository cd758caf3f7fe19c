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
                Meta::List(list) if list.path.is_ident("cfg_attr") && decides(&list.tokens) => {
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

/// Whether the attributes a `cfg_attr` brings decide if a parameter is there, or what it is.
fn decides(tokens: &TokenStream) -> bool {
    let mut after_comma = false;
    tokens.clone().into_iter().any(|token| {
        let text = token.to_string();
        let decides = after_comma && (text == "cfg" || text == "depends");
        after_comma = text == ",";
        decides
    })
}
