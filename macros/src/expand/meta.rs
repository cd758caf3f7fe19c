//! What is known of a node without a context.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::edge::Edge;
use crate::kind::Kind;
use crate::model::{Colour, Lifetime, Limit, Node, text};

/// The value of `META`.
///
/// ```text
/// // Input:
/// #[dependency(guard, timeout = "2s", limit = 8)]
/// async fn user(db: Depends<db>, headers: HeaderMap) -> Result<User, AuthError> { … }
///
/// // Output:
/// &Meta {
///     name: "user",
///     colour: Colour::Async,
///     kind: Kind::Guard,
///     fallible: true,
///     timeout: Some(Duration::from_nanos(2000000000u64)),
///     teardown: false,
///     after_response: false,
///     limit: Some(Limit { values: 8u32, queue: None }),
///     seat: false,
///     deps: &[<db>::__hueless_meta],
///     reads: &["HeaderMap"],
///     …
/// }
/// ```
pub(super) fn meta(node: &Node) -> TokenStream {
    let private = &node.private;
    let name = node.name();
    let (colour, lifetime) = (colour(node), lifetime(node));
    let kind = match node.kind {
        Kind::Handler => quote!(Handler),
        Kind::Dependency if node.is_guard => quote!(Guard),
        Kind::Dependency => quote!(Dependency),
    };
    let is_fallible = node.output.is_fallible;
    let inputs = node.inputs.iter().filter_map(|input| Edge::of(node, input));
    let deps = inputs.map(|edge| edge.meta());
    let requires = node
        .requires
        .iter()
        .map(|path| Edge::named(node, path).meta());
    let after = node.after.iter().map(|path| Edge::named(node, path).meta());
    let reads = node
        .inputs
        .iter()
        .filter(|input| input.is_read())
        .map(|input| text(&input.ty));
    let place = place(node);
    let timeout = timeout(node);
    let has_teardown = node.teardown.is_some();
    let has_after_response = node.after_response.is_some();
    let (limit, takes_seat) = (limit(node), node.takes_seat);
    quote! {
        &#private::Meta {
            name: #name,
            type_name: #private::core::any::type_name::<Self>,
            id: #private::core::any::TypeId::of::<Self>,
            place: #place,
            colour: #private::Colour::#colour,
            lifetime: #private::LifetimeKind::#lifetime,
            kind: #private::Kind::#kind,
            fallible: #is_fallible,
            timeout: #timeout,
            teardown: #has_teardown,
            after_response: #has_after_response,
            limit: #limit,
            seat: #takes_seat,
            deps: &[#(#deps),*],
            requires: &[#(#requires),*],
            after: &[#(#after),*],
            reads: &[#(#reads),*],
        }
    }
}

/// Where the function's name stands: macros for places give the place they are written at.
fn place(node: &Node) -> TokenStream {
    let span = node.ident.span();
    let private = node.private.at(span);
    quote_spanned! {span=>
        #private::Place {
            module: #private::core::module_path!(),
            file: #private::core::file!(),
            line: #private::core::line!(),
            column: #private::core::column!(),
        }
    }
}

/// How long it may take.
fn timeout(node: &Node) -> TokenStream {
    let private = &node.private;
    let Some(timeout) = node.timeout else {
        return quote!(#private::core::option::Option::None);
    };
    // It was read from that many.
    let nanoseconds = u64::try_from(timeout.as_nanos()).unwrap_or(u64::MAX);
    quote! {
        #private::core::option::Option::Some(
            #private::core::time::Duration::from_nanos(#nanoseconds),
        )
    }
}

/// How many of its values may live at once.
fn limit(node: &Node) -> TokenStream {
    let private = &node.private;
    let (none, some) = (
        quote!(#private::core::option::Option::None),
        quote!(#private::core::option::Option::Some),
    );
    let Some(Limit { values, queue }) = node.limit else {
        return none;
    };
    let queue = queue.map_or(none, |queue| quote!(#some(#queue)));
    quote!(#some(#private::Limit { values: #values, queue: #queue }))
}

/// The variant of `Colour`.
fn colour(node: &Node) -> TokenStream {
    match node.colour {
        Colour::Async => quote!(Async),
        Colour::Plain => quote!(Plain),
        Colour::Inline => quote!(Inline),
        Colour::Cpu(_) => quote!(Cpu),
        Colour::Struct => quote!(Struct),
    }
}

/// The variant of `LifetimeKind`, and the type that stands for it.
pub(super) fn lifetime(node: &Node) -> TokenStream {
    match node.lifetime {
        Lifetime::RequestScoped => quote!(RequestScoped),
        Lifetime::Singleton => quote!(Singleton),
        Lifetime::Transient => quote!(Transient),
    }
}
