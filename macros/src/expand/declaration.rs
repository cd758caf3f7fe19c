//! The type beside the function.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use crate::kind::Kind;
use crate::model::Node;

/// The type of the same name: what `Depends<db>` names, and what carries `read_item::handler`.
/// Functions and types have namespaces of their own.
///
/// ```text
/// // Input:
/// /// A page.
/// #[dependency]
/// pub fn page<T: Item, const SIZE: usize>() -> Page<T, SIZE> { … }
///
/// // Output:
/// /// A page.
/// ///
/// /// Names the dependency `page` in `Depends<page>`.
/// #[allow(non_camel_case_types)]
/// pub struct page<T: Item, const SIZE: usize> {
///     _generics: PhantomData<(fn() -> T,)>,
/// }
/// ```
pub(super) fn declaration(node: &Node) -> TokenStream {
    if !node.is_function() {
        return TokenStream::new();
    }
    let Node {
        private,
        ident,
        vis,
        docs,
        deprecated,
        allowed,
        generics,
        ..
    } = node;
    let name = node.name();
    let documentation = match node.kind {
        Kind::Handler => format!(" The handler to register is `{name}::handler`."),
        Kind::Dependency => format!(" Names the dependency `{name}` in `Depends<{name}>`."),
    };
    let separator = (!docs.is_empty()).then(|| quote!(#[doc = ""]));
    // Functions that return the parameters: the type stays `Send` and `Sync` whatever they are.
    let types: Vec<&Ident> = generics
        .type_params()
        .map(|parameter| &parameter.ident)
        .collect();
    let marker = (!types.is_empty())
        .then(|| quote!(_generics: #private::core::marker::PhantomData<(#(fn() -> #types,)*)>,));
    let (parameters, _, clause) = generics.split_for_impl();
    // Nothing makes a value of it. A generic one is not even named before it is instantiated.
    let unused = node.is_generic().then(|| quote!(dead_code,));
    // Braces, not a semicolon: a unit struct would take the function's name as a value.
    quote_spanned! {ident.span()=>
        #(#docs)*
        #separator
        #[doc = #documentation]
        #deprecated
        #allowed
        #[allow(#unused non_camel_case_types)]
        #vis struct #ident #parameters #clause { #marker }
    }
}
