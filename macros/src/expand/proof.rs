//! What proves, while the user's crate is compiled, that there is no cycle and no singleton that
//! needs a request.
//!
//! An inherent `const fn` walks the dependencies. Calls may form a cycle where constants may not,
//! and traits have no `const fn`.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::edge::Edge;
use super::generics;
use crate::hygiene::local;
use crate::kind::Kind;
use crate::model::{Lifetime, Node};

/// The walk through a dependency.
///
/// ```text
/// // Input:
/// #[dependency(after(audit))]
/// fn user(db: Depends<db>, headers: HeaderMap) -> User { … }
///
/// // Output:
/// impl user {
///     fn __hueless_meta() -> &'static Meta {
///         <Self as Provider>::META
///     }
///     const fn __hueless_walk(walk: &mut Walk, up: Option<&Path<'_>>) {
///         if let Some(path) = &walk.enter(<Self as Provider>::META, up) {
///             <db>::__hueless_walk(walk, Some(path));
///             if walk.follows_after() {
///                 <audit>::__hueless_walk(walk, Some(path));
///             }
///         }
///     }
/// }
/// ```
pub(super) fn walk(node: &Node) -> TokenStream {
    let Node { private, vis, .. } = node;
    let (walk, up, path) = (local("walk"), local("up"), local("path"));
    let this = generics::this(node);
    let (parameters, clause) = generics::implementation(node, &generics::Extra::default());
    let steps = steps(node, &quote!(#walk), &path, |_| true);
    let enter = quote!(#walk.enter(<Self as #private::Provider>::META, #up));
    let body = if steps.is_empty() {
        quote!(#enter;)
    } else {
        quote! {
            if let #private::core::option::Option::Some(#path) = &#enter {
                #(#steps)*
            }
        }
    };
    quote! {
        impl #parameters #this #clause {
            #[doc(hidden)]
            #vis fn __hueless_meta() -> &'static #private::Meta {
                <Self as #private::Provider>::META
            }

            #[doc(hidden)]
            #vis const fn __hueless_walk(
                #walk: &mut #private::Walk,
                #up: #private::core::option::Option<&#private::Path<'_>>,
            ) {
                #body
            }
        }
    }
}

/// What starts a walk, in a constant beside the item. A generic one has no constant before it is
/// instantiated; a walk that starts elsewhere reaches it.
///
/// A handler asks what is generic alone, as far as can be seen: what an alias hides is checked when
/// the plan is built.
///
/// ```text
/// // Input:
/// #[dependency]
/// fn user(db: Depends<db>) -> User { … }
///
/// // Output:
/// let mut walk = Walk::at(<user as Provider>::META);
/// while let Some(path) = &walk.next() {
///     <db>::__hueless_walk(&mut walk, Some(path));
/// }
/// ```
pub(super) fn proof(node: &Node) -> Option<TokenStream> {
    if node.is_generic() {
        return None;
    }
    let ident = &node.ident;
    // The panic is the error, so it stands where the name of the function stands.
    let span = ident.span();
    let private = node.private.at(span);
    // At the user's place alone: rustc names the macro wherever one of its own places takes part.
    let (walk, path) = (Ident::new("__hueless_walk", span), local("path"));
    // Nothing depends on a handler, so it closes no cycle, and it is no singleton.
    let is_asked = |edge: &Edge| node.kind == Kind::Dependency || edge.may_be_generic();
    let steps = steps(node, &quote!(&mut #walk), &path, is_asked);
    let may_read = node.lifetime == Lifetime::Singleton && !node.inputs.is_empty();
    if steps.is_empty() && !may_read {
        // Nothing is said of a dependency that nobody uses, and of a handler that it is not used.
        return Some(match node.kind {
            Kind::Handler => {
                quote_spanned!(span=> let _: #private::core::marker::PhantomData<#ident>;)
            }
            Kind::Dependency => quote_spanned!(span=> let _ = <#ident>::__hueless_meta;),
        });
    }
    let meta = match node.kind {
        Kind::Handler => quote_spanned!(span=> <#ident as #private::HandlerMeta>::META),
        Kind::Dependency => quote_spanned!(span=> <#ident as #private::Provider>::META),
    };
    Some(quote_spanned! {span=>
        let mut #walk = #private::Walk::at(#meta);
        while let #private::core::option::Option::Some(#path) = &#walk.next() {
            #(#steps)*
        }
    })
}

/// What the walk does below a node, in declaration order.
fn steps(
    node: &Node,
    walk: &TokenStream,
    path: &Ident,
    is_asked: impl Fn(&Edge) -> bool,
) -> Vec<TokenStream> {
    let private = &node.private;
    let enter = |edge: Edge| {
        if !is_asked(&edge) {
            return None;
        }
        let enter = edge.walk()?;
        let stop = edge.stop();
        Some(quote! {
            #stop
            #enter(#walk, #private::core::option::Option::Some(#path));
        })
    };
    let named = |names: &[syn::TypePath]| -> Vec<TokenStream> {
        let edges = names.iter().map(|name| Edge::named(node, name));
        edges.filter_map(&enter).collect()
    };
    let inputs = node.inputs.iter().filter_map(|input| Edge::of(node, input));
    let mut steps = named(&node.requires);
    steps.extend(inputs.filter_map(&enter));
    let after = named(&node.after);
    if !after.is_empty() {
        steps.push(quote!(if (#walk).follows_after() { #(#after)* }));
    }
    steps
}
