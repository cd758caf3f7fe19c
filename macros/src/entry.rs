//! From an attribute's two token streams to what replaces the item.

use std::panic::{self, AssertUnwindSafe};

use proc_macro2::TokenStream;
use quote::quote;
use syn::{ReturnType, Type};

use crate::check::check;
use crate::errors::{Errors, Refused, mistake_at};
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
        let error = mistake_at(proc_macro2::Span::call_site(), message).into_compile_error();
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
            let allowed = allowed(kind, &parsed);
            quote!(#allowed #parsed #generated)
        }
        Err(Refused { error }) => {
            parsed.drop_variadic();
            let (fallback, error) = (fallback(&node), error.map(syn::Error::into_compile_error));
            quote!(#parsed #fallback #error)
        }
    }
}

/// The lints that nobody who keeps the rules can do something about.
///
/// Parameters are owned because they may cross to a thread, whatever the body does with them. A
/// dependency that is there for its effect has to say `-> ()`.
fn allowed(kind: Kind, item: &Item) -> Option<TokenStream> {
    let Item::Function(function) = item else {
        return None;
    };
    let is_unit = matches!(
        &function.sig.output,
        ReturnType::Type(_, ty) if matches!(&**ty, Type::Tuple(tuple) if tuple.elems.is_empty())
    );
    let unit = (kind == Kind::Dependency && is_unit).then(|| quote!(, clippy::unused_unit));
    Some(quote!(#[allow(clippy::needless_pass_by_value #unit)]))
}
