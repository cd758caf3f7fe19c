//! What the attributes make of an item, without a compiler: expansions, messages, and that the item
//! survives.

mod expansions;
mod fuzz;
mod messages;
mod recovery;
mod routes;

use proc_macro2::{TokenStream, TokenTree};

use crate::entry;
use crate::kind::Kind;

/// Expands an attribute as rustc would.
fn expand(kind: Kind, options: &str, item: &str) -> TokenStream {
    let parse = |text: &str| {
        text.parse::<TokenStream>()
            .expect("the test's input has tokens")
    };
    entry::run(kind, parse(options), parse(item))
}

/// The messages of all `compile_error!`s in an expansion.
fn messages(expansion: TokenStream) -> Vec<String> {
    let mut messages = Vec::new();
    let mut is_error = false;
    for token in expansion {
        match token {
            TokenTree::Ident(ident) => is_error = ident == "compile_error",
            TokenTree::Group(group) if is_error => {
                let message: syn::LitStr =
                    syn::parse2(group.stream()).expect("`compile_error!` has a literal");
                messages.push(message.value());
                is_error = false;
            }
            _ => {}
        }
    }
    messages
}
