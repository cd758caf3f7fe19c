//! What is known of a node without a context.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::edge::Edge;
use crate::kind::Kind;
use crate::model::{Colour, Lifetime, Limit, Node, text};

/// The value of `META`. What is not said of a node is as in `Meta::new`.
///
/// ```text
/// // Input:
/// #[dependency(guard, timeout = "2s", limit = 8)]
/// async fn user(db: Depends<db>, headers: HeaderMap) -> Result<User, AuthError> { … }
///
/// // Output:
/// &Meta {
///     colour: Colour::Async,
///     kind: Kind::Guard,
///     fallible: true,
///     timeout: Some(Duration::from_nanos(2000000000u64)),
///     limit: Some(Limit { values: 8u32, queue: None }),
///     deps: &[<db>::__hueless_meta],
///     reads: &["HeaderMap"],
///     ..Meta::new::<Self>("user", module_path!())
/// }
/// ```
pub(super) fn meta(node: &Node) -> TokenStream {
    let private = &node.private;
    let colour = colour(node);
    let kind = kind(node);
    let lifetime = (node.lifetime != Lifetime::RequestScoped).then(|| {
        let lifetime = lifetime(node);
        quote!(lifetime: #private::LifetimeKind::#lifetime,)
    });
    let flags = [
        ("generic", node.is_generic()),
        ("fallible", node.output.is_fallible),
        ("teardown", node.teardown.is_some()),
        ("after_response", node.after_response.is_some()),
        ("seat", node.takes_seat),
    ];
    let flags = flags.into_iter().filter(|(_, is_set)| *is_set);
    let flags = flags.map(|(name, _)| Ident::new(name, Span::call_site()));
    let (timeout, limit) = (timeout(node), limit(node));
    let edges = |name: &str, edges: Vec<TokenStream>| list(name, &edges);
    let inputs = node.inputs.iter().filter_map(|input| Edge::of(node, input));
    let deps = edges("deps", inputs.map(|edge| edge.meta()).collect());
    let named = |path| Edge::named(node, path).meta();
    let requires = edges("requires", node.requires.iter().map(named).collect());
    let after = edges("after", node.after.iter().map(named).collect());
    let reads = node.inputs.iter().filter(|input| input.is_read());
    let reads: Vec<String> = reads.map(|input| text(&input.tokens)).collect();
    let reads = list("reads", &reads);
    let base = base(node);
    quote! {
        &#private::Meta {
            colour: #private::Colour::#colour,
            kind: #private::Kind::#kind,
            #lifetime
            #(#flags: true,)*
            #timeout
            #limit
            #deps
            #requires
            #after
            #reads
            ..#base
        }
    }
}

/// The field `name`, if there is anything to list.
fn list(name: &str, items: &[impl ToTokens]) -> Option<TokenStream> {
    let name = Ident::new(name, Span::call_site());
    (!items.is_empty()).then(|| quote!(#name: &[#(#items),*],))
}

/// All that is not said, and where the function's name stands: the place is that of the call.
fn base(node: &Node) -> TokenStream {
    let span = node.ident.span();
    let private = node.private.at(span);
    let name = node.name();
    quote_spanned!(span=> #private::Meta::new::<Self>(#name, #private::core::module_path!()))
}

/// The variant of `Kind`.
fn kind(node: &Node) -> TokenStream {
    match node.kind {
        Kind::Handler => quote!(Handler),
        Kind::Dependency if node.is_guard => quote!(Guard),
        Kind::Dependency => quote!(Dependency),
    }
}

/// How long it may take.
fn timeout(node: &Node) -> Option<TokenStream> {
    let private = &node.private;
    // It was read from that many.
    let nanoseconds = u64::try_from(node.timeout?.as_nanos()).unwrap_or(u64::MAX);
    Some(quote! {
        timeout: #private::core::option::Option::Some(
            #private::core::time::Duration::from_nanos(#nanoseconds),
        ),
    })
}

/// How many of its values may live at once.
fn limit(node: &Node) -> Option<TokenStream> {
    let private = &node.private;
    let Limit { values, queue } = node.limit?;
    let option = quote!(#private::core::option::Option);
    let queue = match queue {
        Some(queue) => quote!(#option::Some(#queue)),
        None => quote!(#option::None),
    };
    Some(quote!(limit: #option::Some(#private::Limit { values: #values, queue: #queue }),))
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
