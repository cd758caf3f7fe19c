//! Which of the user's tokens an error in generated code underlines.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The places of the first and the last token of something the user wrote.
#[derive(Clone, Copy)]
pub(super) struct Blame {
    pub(super) first: Span,
    pub(super) last: Span,
}

impl Blame {
    pub(super) fn on(tokens: impl ToTokens) -> Self {
        let mut spans = tokens
            .into_token_stream()
            .into_iter()
            .map(|token| token.span());
        let first = spans.next().unwrap_or_else(Span::call_site);
        Self {
            first,
            last: spans.last().unwrap_or(first),
        }
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
