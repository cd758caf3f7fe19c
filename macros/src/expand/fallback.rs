//! What stands beside an item with a mistake.

use proc_macro2::TokenStream;
use quote::quote;

use super::generics::{self, Extra};
use super::{declaration, dependency, handler, proof};
use crate::check::Scan;
use crate::kind::Kind;
use crate::model::{Node, Output};

/// The same items and implementations with bodies that never run, so that the places that use the
/// item have nothing to report, and completion goes on.
///
/// ```text
/// // Input:
/// #[dependency(sometimes)]
/// fn db(config: Depends<config>) -> Db { … }
///
/// // Output, after the function:
/// pub struct db {}
/// const _: () = {
///     impl Provider for db { type Output = Db; … }
///     impl<C: Context> Dependency<C> for db { fn declare(…) { unreachable!() } }
///     impl db { const fn __hueless_walk(…) { … } }
/// };
/// ```
pub(crate) fn fallback(node: &Node) -> TokenStream {
    // Nothing can be implemented for it: `Page` alone is not a type, and `Page<'static>` may not
    // keep the bounds.
    if node.has_lifetimes && !node.is_function() {
        return TokenStream::new();
    }
    let node = &without_needs(node.clone());
    let declaration = declaration::declaration(node);
    let items = match node.kind {
        Kind::Handler => {
            let (meta, wrapper) = (handler::handler_meta(node), wrapper(node));
            quote!(#meta #wrapper)
        }
        Kind::Dependency => {
            let (provider, dependency) = (dependency::provider(node), dependency(node));
            let walk = proof::walk(node);
            quote!(#provider #dependency #walk)
        }
    };
    let allowed = &node.allowed;
    quote! {
        #declaration
        #[doc(hidden)]
        #allowed
        const _: () = {
            #items
        };
    }
}

/// Drops whatever the mistake may be in.
fn without_needs(mut node: Node) -> Node {
    node.inputs.clear();
    node.requires.clear();
    node.after.clear();
    node.teardown = None;
    node.after_response = None;
    if !Scan::of(&node.output.ty).is_plain() {
        node.output = Output::unit();
    }
    node
}

fn dependency(node: &Node) -> TokenStream {
    let private = &node.private;
    let this = generics::this(node);
    let context = node.taken.unused("C");
    let predicates = vec![quote!(#context: #private::Context)];
    let extra = Extra {
        parameters: &[&context],
        predicates,
    };
    let (parameters, clause) = generics::implementation(node, &extra);
    quote! {
        impl #parameters #private::Dependency<#context> for #this #clause {
            fn declare(_: &mut #private::Declaration<'_, #context>) {
                #private::core::unreachable!()
            }
        }
    }
}

fn wrapper(node: &Node) -> TokenStream {
    let Node {
        private,
        vis,
        output,
        ..
    } = node;
    let this = generics::this(node);
    let (parameters, clause) = generics::implementation(node, &Extra::default());
    let context = node.taken.unused("C");
    let result = quote! {
        #private::core::result::Result<
            #private::Reply<#output>,
            <#context as #private::Context>::Rejection,
        >
    };
    quote! {
        impl #parameters #this #clause {
            #[doc(hidden)]
            #vis fn handler<#context: #private::Context>(
                _: #private::Invocation<Self, #context, ()>,
            ) -> impl #private::core::future::Future<Output = #result> + #private::core::marker::Send
            {
                #private::core::future::pending::<#result>()
            }
        }
    }
}
