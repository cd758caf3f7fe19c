//! Where generated code finds what it names.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

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
        match krate {
            Some(path) => Self {
                tokens: quote!(#path::__private),
                is_given: true,
            },
            None => Self::usual(Span::call_site()),
        }
    }

    /// The same path, blamed on `span` if what it names does not fit there. A path that the user
    /// gave stays where it is, as it may itself be wrong.
    pub(crate) fn at(&self, span: Span) -> Self {
        if self.is_given {
            self.clone()
        } else {
            Self::usual(span)
        }
    }

    fn usual(span: Span) -> Self {
        Self {
            tokens: quote_spanned!(span=> ::hueless::__private),
            is_given: false,
        }
    }
}

impl ToTokens for Private {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}
