//! The dependencies that an item names.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Type, TypePath};

use super::blame::Blame;
use crate::model::{Input, Node, Source};
use crate::paths::Private;

/// A dependency that an item names.
///
/// Where the user names something else, rustc has to say so at that place and say little more:
/// see `NotADependency` in the runtime.
pub(super) struct Edge {
    /// `db`
    pub(super) provider: TokenStream,
    /// `Depends<db>`, or an alias of it.
    pub(super) depends: TokenStream,
    /// Whether it is another one for each instantiation of the item, so that only its traits are
    /// known.
    is_open: bool,
    private: Private,
    blame: Blame,
}

impl Edge {
    /// The dependency that `path` names, in an option.
    pub(super) fn named(node: &Node, path: &TypePath) -> Self {
        let blame = Blame::on(path);
        let private = node.private.at(blame.first);
        let (open, close) = (
            quote_spanned!(blame.first=> #private::Depends<),
            quote_spanned!(blame.last=> >),
        );
        Self {
            provider: quote!(#path),
            depends: quote!(#open #path #close),
            is_open: node.is_open(path),
            private,
            blame,
        }
    }

    /// The dependency that an input is the value of; `None` if it is read from the context.
    pub(super) fn of(node: &Node, input: &Input) -> Option<Self> {
        let ty = &input.tokens;
        let blame = Blame::on_input(input);
        let private = node.private.at(blame.first);
        let (provider, is_open) = match &input.source {
            Source::Depends(provider, tokens) => {
                let path = match &**provider {
                    Type::Path(path) => Some(path),
                    _ => None,
                };
                (tokens.clone(), path.is_some_and(|path| node.is_open(path)))
            }
            Source::Alias => (
                quote_spanned!(blame.first=> <#ty as #private::DependsOn>::Provider),
                node.names_parameter(&input.ty),
            ),
            Source::Context => return None,
        };
        Some(Self {
            provider,
            depends: ty.clone(),
            is_open,
            private,
            blame,
        })
    }

    /// A statement at whose type rustc stops where no dependency is named, so that it leaves alone
    /// what follows.
    pub(super) fn stop(&self) -> TokenStream {
        let Self {
            depends,
            private,
            blame,
            ..
        } = self;
        let open = quote_spanned!(blame.first=> let _: #private::core::marker::PhantomData<);
        let close = quote_spanned!(blame.last=> >;);
        quote!(#open #depends #close)
    }

    /// The bound on it in the context.
    pub(super) fn bound(&self, context: &Ident) -> TokenStream {
        let Self {
            provider,
            private,
            blame,
            ..
        } = self;
        quote_spanned!(blame.last=> #provider: #private::Dependency<#context>)
    }

    /// The function that returns its `Meta`.
    pub(super) fn meta(&self) -> TokenStream {
        let Self {
            provider, private, ..
        } = self;
        if self.is_open {
            quote!(<#provider as #private::Provider>::meta)
        } else {
            quote!(<#provider>::__hueless_meta)
        }
    }

    /// What a walk that starts at it finds, where it has no proof of its own.
    pub(super) fn mistake(&self) -> TokenStream {
        let provider = &self.provider;
        quote!(<#provider>::__HUELESS_MISTAKE)
    }

    /// The function that walks it. An open one has none; it is checked when the plan is built.
    pub(super) fn walk(&self) -> Option<TokenStream> {
        let provider = &self.provider;
        (!self.is_open).then(|| quote!(<#provider>::__hueless_walk))
    }
}
