//! Generics as implementations repeat them.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Turbofish;

use crate::model::Node;

/// The parameters that an implementation has beside those of the item.
#[derive(Default)]
pub(super) struct Extra<'a> {
    pub(super) parameters: &'a [&'a Ident],
    pub(super) predicates: Vec<TokenStream>,
}

/// What follows `impl`, and the `where` clause.
///
/// ```text
/// // Input:
/// fn repo<T: Backend>() -> Repo<T> where T: Clone
///
/// // Output, with the parameter `C` and the predicate `C: Context`:
/// <T: Backend, C>
/// where T: 'static, T: Clone, C: Context
/// ```
///
/// Type parameters are `'static`, as a node has a `TypeId`.
pub(super) fn implementation(node: &Node, extra: &Extra<'_>) -> (TokenStream, TokenStream) {
    let parameters = node.generics.params.iter().map(ToTokens::to_token_stream);
    let parameters = parameters.chain(extra.parameters.iter().map(ToTokens::to_token_stream));
    let statics = node.generics.type_params().map(|parameter| {
        let ident = &parameter.ident;
        quote_spanned!(ident.span()=> #ident: 'static)
    });
    let written = node
        .generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates);
    let predicates: Vec<TokenStream> = statics
        .chain(written.map(ToTokens::to_token_stream))
        .chain(extra.predicates.iter().cloned())
        .collect();
    // After `where`, rustc takes `<Db>::Pool: …` for a list of parameters.
    let is_taken = predicates.first().is_some_and(starts_with_angle);
    let opening = is_taken.then(|| quote!((): ,));
    let clause = (!predicates.is_empty()).then(|| quote!(where #opening #(#predicates),*));
    (quote!(<#(#parameters),*>), clause.unwrap_or_default())
}

/// The item as a type: `repo<T>`.
pub(super) fn this(node: &Node) -> TokenStream {
    let ident = &node.ident;
    let (_, arguments, _) = node.generics.split_for_impl();
    quote!(#ident #arguments)
}

/// The item as a function: `repo::<T>`.
pub(super) fn function(node: &Node) -> TokenStream {
    let ident = &node.ident;
    let (_, arguments, _) = node.generics.split_for_impl();
    let turbofish: Turbofish<'_> = arguments.as_turbofish();
    quote!(#ident #turbofish)
}

fn starts_with_angle(predicate: &TokenStream) -> bool {
    let first = predicate.clone().into_iter().next();
    matches!(first, Some(TokenTree::Punct(punct)) if punct.as_char() == '<')
}
