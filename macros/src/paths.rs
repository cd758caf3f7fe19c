//! Where generated code finds what it names.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

/// The path of the runtime's `__private`, the one module that generated code names. Through it
/// goes even `core`: the user may have a module of that name.
#[derive(Clone)]
pub(crate) struct Private {
    tokens: TokenStream,
    is_given: bool,
}

impl Private {
    /// `krate` is the option `crate`, used verbatim.
    pub(crate) fn new(krate: Option<&syn::Path>) -> Self {
        Self {
            tokens: match krate {
                Some(path) => quote!(#path::__private),
                None => quote!(::hueless::__private),
            },
            is_given: krate.is_some(),
        }
    }

    /// The same path, blamed on `span` if what it names does not fit there. A path that the user
    /// gave stays where it is, as it may itself be wrong.
    pub(crate) fn at(&self, span: Span) -> Self {
        let tokens = self.tokens.clone();
        let Self { is_given, .. } = *self;
        Self {
            tokens: if is_given {
                tokens
            } else {
                respan(tokens, span)
            },
            is_given,
        }
    }
}

impl ToTokens for Private {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

/// Gives all tokens one place.
fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            if let TokenTree::Group(group) = &token {
                let mut inner = Group::new(group.delimiter(), respan(group.stream(), span));
                inner.set_span(span);
                return inner.into();
            }
            token.set_span(span);
            token
        })
        .collect()
}
