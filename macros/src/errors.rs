//! Mistakes are collected here and reported together.

use std::{fmt, thread};

use proc_macro2::Span;
use quote::ToTokens;

use crate::page::linked;

/// Collects the mistakes of one item. Must be consumed by [`Errors::finish`]: an accumulator that
/// is forgotten would turn a mistake into silence.
#[must_use]
pub(crate) struct Errors {
    first: Option<syn::Error>,
    // rustc will reject the item by itself; a second message from here would only repeat it.
    left_to_rustc: bool,
    finished: bool,
}

/// A mistake at one token.
pub(crate) fn mistake_at(span: Span, message: impl fmt::Display) -> syn::Error {
    syn::Error::new(span, linked(message))
}

/// A mistake that underlines all of `tokens`.
pub(crate) fn mistake_on(tokens: impl ToTokens, message: impl fmt::Display) -> syn::Error {
    syn::Error::new_spanned(tokens, linked(message))
}

/// Why an item cannot be expanded as written.
pub(crate) struct Refused {
    /// What to report; nothing if rustc reports it.
    pub(crate) error: Option<syn::Error>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self {
            first: None,
            left_to_rustc: false,
            finished: false,
        }
    }

    /// Adds a mistake at one token.
    pub(crate) fn at(&mut self, span: Span, message: impl fmt::Display) {
        self.push(mistake_at(span, message));
    }

    /// Adds a mistake that underlines all of `tokens`.
    pub(crate) fn on(&mut self, tokens: impl ToTokens, message: impl fmt::Display) {
        self.push(mistake_on(tokens, message));
    }

    /// Adds a mistake that is already worded.
    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.first {
            Some(first) => first.combine(error),
            None => self.first = Some(error),
        }
    }

    /// Notes a mistake that rustc reports on the item as it stands.
    pub(crate) fn leave_to_rustc(&mut self) {
        self.left_to_rustc = true;
    }

    /// Ends the collection.
    pub(crate) fn finish(mut self) -> Result<(), Refused> {
        self.finished = true;
        match self.first.take() {
            None if !self.left_to_rustc => Ok(()),
            error => Err(Refused { error }),
        }
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(
            self.finished || thread::panicking(),
            "the collected mistakes were not reported"
        );
    }
}
