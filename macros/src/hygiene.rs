//! Names that cannot meet the user's.

use std::collections::HashSet;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt as _;

/// A local variable of generated code. Variables are hygienic, but a pattern would still name a
/// constant, a static or a unit struct of the user's, so they have names that nobody else gives.
pub(crate) fn local(name: &str) -> Ident {
    Ident::new(&format!("__hueless_{name}"), Span::mixed_site())
}

/// The same variable, at the place of what it is used for.
pub(crate) fn located(variable: &Ident, place: Span) -> Ident {
    Ident::new(&variable.to_string(), variable.span().located_at(place))
}

/// The user's tokens as the macro's own. Lints judge an item by the place of its first and last
/// token, and leave alone what a macro of another crate wrote.
pub(crate) fn generated(tokens: impl ToTokens) -> TokenStream {
    let tokens = tokens.into_token_stream().into_iter();
    tokens
        .map(|token| match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), generated(group.stream()));
                inner.set_span(Span::call_site().located_at(group.span()));
                inner.into()
            }
            mut other => {
                other.set_span(Span::call_site().located_at(other.span()));
                other
            }
        })
        .collect()
}

/// `r#C` is the same name as `C`.
fn name(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// The identifiers of the item, which generated type parameters keep clear of: type parameters,
/// unlike local variables, are not hygienic.
#[derive(Clone, Default)]
pub(crate) struct Taken(HashSet<String>);

impl Taken {
    /// Adds all identifiers of `tokens`.
    pub(crate) fn add(&mut self, tokens: impl ToTokens) {
        self.add_stream(tokens.into_token_stream());
    }

    fn add_stream(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.add_stream(group.stream()),
                TokenTree::Ident(ident) => {
                    self.0.insert(name(&ident));
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// Whether `ident` occurs.
    pub(crate) fn contains(&self, ident: &Ident) -> bool {
        self.0.contains(&name(ident))
    }

    /// The first of `base`, `base1`, `base2`, … that does not occur.
    pub(crate) fn unused(&self, base: &str) -> Ident {
        let mut name = base.to_owned();
        let mut count = 0;
        while self.0.contains(&name) {
            count += 1;
            name = format!("{base}{count}");
        }
        Ident::new(&name, Span::call_site())
    }
}
