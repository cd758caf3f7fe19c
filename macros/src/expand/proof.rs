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
///
/// A generic one adds what a walk that starts there finds, for the handlers that name it.
pub(super) fn walk(node: &Node) -> TokenStream {
    let Node { private, vis, .. } = node;
    let (walk, up, path) = (local("walk"), local("up"), local("path"));
    let this = generics::this(node);
    let (parameters, clause) = generics::implementation(node, &generics::Extra::default());
    let steps = steps(node, &quote!(#walk), &path);
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
    let mistake = mistake(node);
    quote! {
        impl #parameters #this #clause {
            #mistake

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

/// What a walk that starts at a generic dependency finds. Each instantiation has one, once a handler
/// asks for it.
///
/// A handler cannot see what is generic where an alias hides it, so it asks each dependency that it
/// names. What is not generic has no such constant, and the trait `NotADependency` answers for it.
///
/// ```text
/// // Input:
/// #[dependency]
/// fn user<T>(db: Depends<db<T>>) -> User { … }
///
/// // Output:
/// const __HUELESS_MISTAKE: &'static Option<Message> = &{
///     let mut walk = Walk::at(<Self as Provider>::META);
///     while let Some(path) = &walk.ask() {
///         <db<T>>::__hueless_walk(&mut walk, Some(path));
///     }
///     walk.mistake()
/// };
/// ```
fn mistake(node: &Node) -> Option<TokenStream> {
    if !node.is_generic() {
        return None;
    }
    let Node { private, vis, .. } = node;
    let (walk, path) = (local("walk"), local("path"));
    let steps = steps(node, &quote!(&mut #walk), &path);
    if steps.is_empty() && !may_read_too_much(node) {
        return None;
    }
    let option = quote!(#private::core::option::Option);
    // Nobody asks one that dependencies alone name.
    Some(quote! {
        #[doc(hidden)]
        #[allow(dead_code)]
        #vis const __HUELESS_MISTAKE: &'static #option<#private::Message> = &{
            let mut #walk = #private::Walk::at(<Self as #private::Provider>::META);
            while let #option::Some(#path) = &#walk.ask() {
                #(#steps)*
            }
            #walk.mistake()
        };
    })
}

/// What starts a walk, in a constant beside the item. A generic one has no constant before it is
/// instantiated; a walk that starts elsewhere reaches it.
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
///
/// A handler starts none: nothing depends on it, so it closes no cycle, and it is no singleton.
/// It asks what it names for a [`mistake`].
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
    if node.kind == Kind::Handler {
        return Some(question(node));
    }
    let steps = steps(node, &quote!(&mut #walk), &path);
    if steps.is_empty() && !may_read_too_much(node) {
        // Nothing is said of one that nobody uses.
        return Some(quote_spanned!(span=> let _ = <#ident>::__hueless_meta;));
    }
    Some(quote_spanned! {span=>
        let mut #walk = #private::Walk::at(<#ident as #private::Provider>::META);
        while let #private::core::option::Option::Some(#path) = &#walk.next() {
            #(#steps)*
        }
    })
}

/// Whether it is a singleton that may read a request.
fn may_read_too_much(node: &Node) -> bool {
    node.lifetime == Lifetime::Singleton && !node.inputs.is_empty()
}

/// What a handler asks of the dependencies that it names.
///
/// ```text
/// // Input:
/// #[handler(requires(rate))]
/// fn read(user: Depends<user>) -> u32 { … }
///
/// // Output:
/// let _: PhantomData<read>;
/// let expect = expect_no_mistake;
/// expect(&[<rate>::__HUELESS_MISTAKE, <user>::__HUELESS_MISTAKE]);
/// ```
fn question(node: &Node) -> TokenStream {
    let ident = &node.ident;
    // The panic is the error, as above.
    let span = ident.span();
    let private = node.private.at(span);
    let named = node.requires.iter().map(|name| Edge::named(node, name));
    let inputs = node.inputs.iter();
    let inputs = inputs.filter_map(|input| Edge::of(node, input));
    let after = node.after.iter().map(|name| Edge::named(node, name));
    let edges = named.chain(inputs).chain(after);
    let mistakes: Vec<TokenStream> = edges.map(|edge| edge.mistake()).collect();
    let expect = (!mistakes.is_empty()).then(|| {
        // Under a name of its own, as the path may begin in the attribute.
        let expect = Ident::new("__hueless_expect", span);
        quote_spanned! {span=>
            let #expect = #private::expect_no_mistake;
            #expect(&[#(#mistakes),*]);
        }
    });
    // Nothing is said of a handler that is not used.
    quote_spanned! {span=>
        let _: #private::core::marker::PhantomData<#ident>;
        #expect
    }
}

/// What the walk does below a node, in declaration order.
fn steps(node: &Node, walk: &TokenStream, path: &Ident) -> Vec<TokenStream> {
    let private = &node.private;
    let enter = |edge: Edge| {
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
