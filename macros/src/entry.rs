//! From an attribute's two token streams to what replaces the item.

use std::panic::{self, AssertUnwindSafe};

use proc_macro2::TokenStream;
use quote::quote;

use crate::check::check;
use crate::errors::{Errors, Refused};
use crate::expand::{expand, fallback};
use crate::kind::Kind;
use crate::model::build;
use crate::parse::{Item, Options, strip_marks};

/// Expands the attribute `kind` with `options` on `item`.
///
/// The item comes out whatever is wrong with it, so that no mistake leads to messages about a name
/// that is missing.
pub(crate) fn run(kind: Kind, options: TokenStream, item: TokenStream) -> TokenStream {
    let untouched = item.clone();
    // Only reads its arguments, so there is nothing that a panic could leave half done.
    panic::catch_unwind(AssertUnwindSafe(|| attribute(kind, options, item))).unwrap_or_else(|_| {
        let message = format!(
            "`{}` panicked on this item, which is a bug in hueless; please report it",
            kind.attribute()
        );
        let error = syn::Error::new(proc_macro2::Span::call_site(), message).into_compile_error();
        let untouched = strip_marks(untouched);
        quote!(#untouched #error)
    })
}

fn attribute(kind: Kind, options: TokenStream, item: TokenStream) -> TokenStream {
    let mut parsed = match Item::parse(kind, item.clone()) {
        Ok(parsed) => parsed,
        Err(error) => {
            let (item, error) = (strip_marks(item), error.into_compile_error());
            return quote!(#item #error);
        }
    };
    let mut errors = Errors::new();
    let options = Options::parse(kind, options, &mut errors);
    let node = build(kind, &options, &mut parsed, &mut errors);
    check(&node, &parsed, &options, &mut errors);
    match errors.finish() {
        Ok(()) => {
            let generated = expand(&node);
            // Parameters are owned because they may cross to a thread, whatever the body does with
            // them.
            let owned = matches!(parsed, Item::Function(_))
                .then(|| quote!(#[allow(clippy::needless_pass_by_value)]));
            quote!(#owned #parsed #generated)
        }
        Err(Refused { error }) => {
            parsed.drop_variadic();
            let (fallback, error) = (fallback(&node), error.map(syn::Error::into_compile_error));
            quote!(#parsed #fallback #error)
        }
    }
}
