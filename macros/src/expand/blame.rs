//! Which of the user's tokens an error in generated code underlines.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::model::{Ends, Input};

/// The places of the first and the last token of something the user wrote.
#[derive(Clone, Copy)]
pub(super) struct Blame {
    pub(super) first: Span,
    pub(super) last: Span,
}

impl Blame {
    pub(super) fn on(tokens: impl ToTokens) -> Self {
        Self::between(Ends::of(tokens.into_token_stream()))
    }

    /// On the type of an input.
    pub(super) fn on_input(input: &Input) -> Self {
        Self::between(input.ends)
    }

    fn between(Ends { first, last }: Ends) -> Self {
        Self { first, last }
    }

    /// `generated`, such that an error about all of it underlines all that the user wrote: rustc
    /// takes the first and the last token of an expression for its ends.
    pub(super) fn lay(self, generated: TokenStream) -> TokenStream {
        generated
            .into_iter()
            .enumerate()
            .map(|(index, mut token)| {
                token.set_span(if index == 0 { self.first } else { self.last });
                token
            })
            .collect()
    }
}
