//! What cannot be seen in the syntax is asked of rustc, each at the token that is to blame.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::blame::Blame;
use super::generics;
use crate::model::{Colour, Input, Node, text};
use crate::page::linked;

/// All that is asked of the types of an item.
///
/// ```text
/// // Input:
/// #[dependency(cpu)]
/// fn digest<T: Item>(body: Bytes, item: Query<T>) -> Digest { … }
///
/// // Output:
/// const _: () = if Probe::<Bytes>::IS_DEPENDS { panic!("`Bytes` is `Depends<…>` …") };
/// impl<T: Item> digest<T> {
///     fn __hueless_check() {
///         let _: ReadFromTheContext = Probe::<Query<T>>::KIND;
///         assert_cpu::<CpuPool>();
///     }
/// }
/// ```
pub(super) fn assertions(node: &Node) -> TokenStream {
    let reads: Vec<&Input> = node.inputs.iter().filter(|input| input.is_read()).collect();
    let (open, closed): (Vec<&Input>, Vec<&Input>) = reads
        .iter()
        .partition(|input| node.names_parameter(&input.ty));
    let constants = closed.iter().map(|input| is_no_alias(node, input));
    let checks: Vec<TokenStream> = open
        .iter()
        .map(|input| is_no_alias_if_open(node, input))
        .chain(pool_exists(node))
        .collect();
    let check = (!checks.is_empty()).then(|| {
        let this = generics::this(node);
        let (parameters, clause) = generics::implementation(node, &generics::Extra::default());
        // Inherent, so that the parameters are in scope; never called.
        quote! {
            impl #parameters #this #clause {
                #[doc(hidden)]
                fn __hueless_check() { #(#checks)* }
            }
        }
    });
    quote! {
        #(#constants)*
        #check
    }
}

/// It is no `Depends<…>` under another name, which would be read from the context.
fn is_no_alias(node: &Node, input: &Input) -> TokenStream {
    let private = &node.private;
    let ty = &input.tokens;
    let message = linked(format!(
        "`{}` is `Depends<…>` under another name; mark the {} with `#[depends]`",
        text(ty),
        if node.is_function() {
            "parameter"
        } else {
            "field"
        },
    ));
    let panic = Blame::on_input(input).lay(quote!(#private::core::panic!(#message)));
    quote!(const _: () = if #private::Probe::<#ty>::IS_DEPENDS { #panic };)
}

/// The same where a constant would be evaluated only when the item is instantiated: the answer is
/// a type, and a wrong one a mismatch.
fn is_no_alias_if_open(node: &Node, input: &Input) -> TokenStream {
    let private = &node.private;
    let ty = &input.tokens;
    let kind = Blame::on_input(input).lay(quote!(#private::Probe::<#ty>::KIND));
    quote!(let _: #private::ReadFromTheContext = #kind;)
}

/// The feature `cpu` is on.
fn pool_exists(node: &Node) -> Option<TokenStream> {
    let Colour::Cpu(span) = node.colour else {
        return None;
    };
    let private = node.private.at(span);
    Some(quote_spanned!(span=> #private::assert_cpu::<#private::CpuPool>();))
}
