//! What proves, while the user's crate is compiled, that there is no cycle and no singleton that
//! needs a request.
//!
//! An inherent `const fn` walks the dependencies. Calls may form a cycle where constants may not,
//! and traits have no `const fn`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::edge::Edge;
use super::{generics, meta};
use crate::hygiene::local;
use crate::kind::Kind;
use crate::model::{Node, text};

/// The walk through a dependency.
///
/// ```text
/// // Input:
/// #[dependency(after(audit))]
/// fn user(db: Depends<db>, headers: HeaderMap) -> User { … }
///
/// // Output:
/// impl user {
///     const fn __hueless_walk(walk: &mut Walk, up: Option<&Path<'_>>) {
///         let step = const { &Step::new("app::users", "user", 12, 4, LifetimeKind::RequestScoped, false) };
///         if walk.enter(step, up) {
///             let path = Path { step, up };
///             <db>::__hueless_walk(walk, Some(&path));
///             walk.reads("HeaderMap", &path);
///             if walk.follows_after() {
///                 <audit>::__hueless_walk(walk, Some(&path));
///             }
///         }
///     }
/// }
/// ```
pub(super) fn walk(node: &Node) -> TokenStream {
    let Node { private, vis, .. } = node;
    let names = Names::new();
    let Names {
        walk,
        up,
        step,
        path,
    } = &names;
    let this = generics::this(node);
    let (parameters, clause) = generics::implementation(node, &generics::Extra::default());
    let step_value = step_value(node);
    let steps = steps(node, &names);
    let body = if steps.is_empty() {
        quote!(let _ = #walk.enter(#step, #up);)
    } else {
        quote! {
            if #walk.enter(#step, #up) {
                let #path = #private::Path { step: #step, up: #up };
                #(#steps)*
            }
        }
    };
    let meta = meta_trait(node);
    quote! {
        impl #parameters #this #clause {
            #[doc(hidden)]
            #vis fn __hueless_meta() -> &'static #private::Meta {
                <Self as #private::#meta>::META
            }

            #[doc(hidden)]
            #vis const fn __hueless_walk(
                #walk: &mut #private::Walk,
                #up: #private::core::option::Option<&#private::Path<'_>>,
            ) {
                let #step = const { &#step_value };
                #body
            }
        }
    }
}

/// The trait that has `META`.
fn meta_trait(node: &Node) -> Ident {
    let name = match node.kind {
        Kind::Handler => "HandlerMeta",
        Kind::Dependency => "Provider",
    };
    Ident::new(name, Span::call_site())
}

/// The constants that start a walk at a dependency. A generic one has no constant before it is
/// instantiated; a walk that starts elsewhere reaches it.
///
/// ```text
/// // Input:
/// #[dependency]
/// fn db() -> Db { … }
///
/// // Output:
/// const _: () = {
///     let mut walk = Walk::cycles();
///     <db>::__hueless_walk(&mut walk, None);
///     if let Some(message) = walk.message() {
///         panic!("{}", message)
///     }
/// };
/// ```
pub(super) fn proof(node: &Node) -> TokenStream {
    if node.is_generic() {
        return TokenStream::new();
    }
    let cycles = question(node, "cycles");
    // Of a singleton, and of generic singletons that this one is the first to instantiate.
    let lifetimes = question(node, "lifetimes");
    quote!(#cycles #lifetimes)
}

fn question(node: &Node, question: &str) -> TokenStream {
    let ident = &node.ident;
    // The panic is the error, so it stands where the name of the function stands.
    let span = ident.span();
    let private = node.private.at(span);
    let question = Ident::new(question, span);
    let (walk, message) = (local("walk"), local("message"));
    quote_spanned! {span=>
        const _: () = {
            let mut #walk = #private::Walk::#question();
            <#ident>::__hueless_walk(&mut #walk, #private::core::option::Option::None);
            if let #private::core::option::Option::Some(#message) = #walk.message() {
                #private::core::panic!("{}", #message)
            }
        };
    }
}

fn step_value(node: &Node) -> TokenStream {
    let span = node.ident.span();
    let private = node.private.at(span);
    let (name, lifetime, is_generic) = (node.name(), meta::lifetime(node), node.is_generic());
    quote_spanned! {span=>
        #private::Step::new(
            #private::core::module_path!(),
            #name,
            #private::core::line!(),
            #private::core::column!(),
            #private::LifetimeKind::#lifetime,
            #is_generic,
        )
    }
}

/// What the walk does below the dependency, in declaration order.
fn steps(node: &Node, names: &Names) -> Vec<TokenStream> {
    let private = &node.private;
    let Names { walk, path, .. } = names;
    let enter = |edge: Edge| {
        let enter = edge.walk()?;
        let stop = edge.stop();
        Some(quote! {
            #stop
            #enter(#walk, #private::core::option::Option::Some(&#path));
        })
    };
    let requires = node
        .requires
        .iter()
        .filter_map(|path| enter(Edge::named(node, path)));
    let inputs = node
        .inputs
        .iter()
        .filter_map(|input| match Edge::of(node, input) {
            Some(edge) => enter(edge),
            None => {
                let read = text(&input.ty);
                Some(quote!(#walk.reads(#read, &#path);))
            }
        });
    let after: Vec<TokenStream> = node
        .after
        .iter()
        .filter_map(|path| enter(Edge::named(node, path)))
        .collect();
    let after = (!after.is_empty()).then(|| quote!(if #walk.follows_after() { #(#after)* }));
    requires.chain(inputs).chain(after).collect()
}

/// The local variables of a walk.
struct Names {
    walk: Ident,
    up: Ident,
    step: Ident,
    path: Ident,
}

impl Names {
    fn new() -> Self {
        Self {
            walk: local("walk"),
            up: local("up"),
            step: local("step"),
            path: local("path"),
        }
    }
}
