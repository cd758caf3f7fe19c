//! All that is generated for an item that keeps the rules.

use proc_macro2::TokenStream;
use quote::quote;

use super::variants::{Variant, variants};
use super::{assert, declaration, dependency, ending, handler, proof};
use crate::kind::Kind;
use crate::model::{Input, Node};

/// ```text
/// // Input:
/// #[dependency]
/// fn db(config: Depends<config>) -> Db { … }
///
/// // Output, after the function:
/// pub struct db {}
/// const _: () = {
///     impl Provider for db { … }              // see `dependency`, and `meta` for `META`
///     impl<C> Dependency<C> for db { … }
///     impl db { const fn __hueless_walk(…) }  // see `proof`
///     impl db { fn __hueless_check() { … } }  // see `assert`
///     let mut walk = …;                       // see `proof`
/// };
/// ```
pub(crate) fn expand(node: &Node) -> TokenStream {
    let declaration = declaration::declaration(node);
    let variants = variants(node).into_iter().map(variant);
    quote! {
        #declaration
        #(#variants)*
    }
}

fn variant(Variant { condition, node }: Variant) -> TokenStream {
    let node = &node;
    let allowed = &node.allowed;
    let wrapper = (node.kind == Kind::Handler).then(|| {
        let wrapper = handler::wrapper(node);
        quote!(#condition #wrapper)
    });
    let traits = match node.kind {
        Kind::Handler => handler::traits(node),
        Kind::Dependency => dependency::traits(node),
    };
    let walk = (node.kind == Kind::Dependency).then(|| proof::walk(node));
    let proof = proof::proof(node);
    let imports = imports(node);
    let assertions = assert::assertions(node);
    quote! {
        #wrapper

        #condition
        #[doc(hidden)]
        #allowed
        const _: () = {
            #imports
            #traits
            #walk
            #assertions
            #proof
        };
    }
}

/// Traits whose items answer where the inherent ones of the same names are missing.
///
/// ```text
/// // Output:
/// use NotADependency as _;    // `<u32>::__hueless_walk`, see `edge`
/// use NotDepends as _;        // `Probe::<Bytes>::IS_DEPENDS`, see `assert`
/// use {DebugText as _, NoText as _};  // `(&Describe(error)).__hueless_text()`, see `ending`
/// ```
fn imports(node: &Node) -> TokenStream {
    let private = &node.private;
    let names_dependencies = !node.requires.is_empty()
        || !node.after.is_empty()
        || node.inputs.iter().any(|input| !input.is_read());
    let reads = node.inputs.iter().any(Input::is_read);
    let dependencies = names_dependencies.then(|| quote!(use #private::NotADependency as _;));
    let probes = reads.then(|| quote!(use #private::NotDepends as _;));
    let texts = ending::imports(node);
    quote!(#dependencies #probes #texts)
}
