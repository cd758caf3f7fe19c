//! What a node needs: as bounds on the context, as a declaration, and as values.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};

use super::blame::Blame;
use super::edge::Edge;
use crate::hygiene::located;
use crate::model::{Input, Node, Source, text};

/// The input that may consume the context, and the type parameter that says how it is read.
#[derive(Clone, Copy)]
pub(super) struct Last<'a> {
    pub(super) position: usize,
    pub(super) marker: &'a Ident,
}

/// ```text
/// // Input:
/// #[handler(requires(rate))]
/// fn read(user: Depends<user>, state: State<u32>, body: Json<Item>)
///
/// // Output:
/// rate: Dependency<C>,
/// user: Dependency<C>,
/// C: Extract<State<u32>>,
/// C: ExtractLast<Json<Item>, M>,
/// C: Context,
/// ```
pub(super) fn bounds(node: &Node, context: &Ident, last: Option<Last<'_>>) -> Vec<TokenStream> {
    let private = &node.private;
    let requires = node
        .requires
        .iter()
        .map(|path| Edge::named(node, path).bound(context));
    let inputs = node.inputs.iter().enumerate().map(|(position, input)| {
        let ty = &input.tokens;
        // A context that cannot supply it is told so with a note at the type.
        let blame = Blame::on_input(input);
        let private = private.at(blame.first);
        match (Edge::of(node, input), last) {
            (Some(edge), _) => edge.bound(context),
            (None, Some(last)) if last.position == position => {
                let marker = last.marker;
                quote_spanned!(blame.last=> #context: #private::ExtractLast<#ty, #marker>)
            }
            (None, _) => quote_spanned!(blame.last=> #context: #private::Extract<#ty>),
        }
    });
    // Last, as it is at no place of the user's: rustc blames the first bound around what is wrong.
    let is_context = quote!(#context: #private::Context);
    requires.chain(inputs).chain([is_context]).collect()
}

/// ```text
/// // Input:
/// #[handler(requires(rate), after(audit))]
/// fn read(user: Depends<user>, state: State<u32>, body: Json<Item>)
///
/// // Output:
/// node.requires::<rate>();
/// node.depends::<user>();
/// node.extracts::<State<u32>>("State<u32>");
/// node.extracts_last::<Json<Item>, M>("Json<Item>");
/// node.after::<audit>();
/// ```
pub(super) fn declarations(
    node: &Node,
    declaration: &Ident,
    last: Option<Last<'_>>,
) -> Vec<TokenStream> {
    let requires = node
        .requires
        .iter()
        .map(|path| quote!(#declaration.requires::<#path>();));
    let inputs = node.inputs.iter().enumerate().map(|(position, input)| {
        let ty = &input.tokens;
        // A type that cannot cross to another thread is to blame for it.
        let span = Blame::on_input(input).first;
        match (Edge::of(node, input), last) {
            (Some(Edge { provider, .. }), _) => quote!(#declaration.depends::<#provider>();),
            (None, Some(last)) if last.position == position => {
                let (marker, written) = (last.marker, text(ty));
                quote_spanned!(span=> #declaration.extracts_last::<#ty, #marker>(#written);)
            }
            (None, _) => {
                let written = text(ty);
                quote_spanned!(span=> #declaration.extracts::<#ty>(#written);)
            }
        }
    });
    let after = node.after.iter().map(|path| {
        let span = Blame::on(path).first;
        quote_spanned!(span=> #declaration.after::<#path>();)
    });
    requires.chain(inputs).chain(after).collect()
}

/// Where the parameters are from, for the runtime to take them all at once. `None` if they have to be
/// taken one by one: what an alias stands for is known to no trait before it is known to be a
/// `Depends<…>`, and tuples end somewhere.
///
/// ```text
/// // Input:
/// fn read(user: Depends<user>, state: State<u32>)
///
/// // Output:
/// (Resolved, Read,)
/// ```
pub(super) fn sources(node: &Node) -> Option<TokenStream> {
    // A type that is no dependency is told so where it stands, if that is clear.
    let span = match node.inputs.as_slice() {
        [input] => input.ends.first,
        _ => node.ident.span(),
    };
    let private = node.private.at(span);
    let sources = node.inputs.iter().map(|input| match input.source {
        Source::Depends(..) => Some(quote_spanned!(span=> #private::Resolved)),
        Source::Context => Some(quote_spanned!(span=> #private::Read)),
        Source::Alias => None,
    });
    let sources: Option<Vec<TokenStream>> = sources.collect();
    let sources = sources.filter(|sources| sources.len() <= MOST_AT_ONCE)?;
    Some(quote_spanned!(span=> (#(#sources,)*)))
}

/// The runtime has implementations for tuples of so many.
pub(super) const MOST_AT_ONCE: usize = 12;

/// The types of the parameters, as a tuple.
pub(super) fn types(node: &Node) -> TokenStream {
    let types = node.inputs.iter().map(|input| &input.tokens);
    quote!((#(#types,)*))
}

/// The parameters, one by one.
///
/// ```text
/// // Input:
/// fn read(user: Depends<user>, state: State<u32>)
///
/// // Output:
/// inputs.depends(), inputs.extracted()
/// ```
pub(super) fn values(node: &Node, inputs: &Ident) -> Vec<TokenStream> {
    node.inputs
        .iter()
        .map(|input| value(node, input, inputs))
        .collect()
}

fn value(node: &Node, input: &Input, inputs: &Ident) -> TokenStream {
    let ty = &input.tokens;
    let span = Blame::on_input(input).first;
    let private = node.private.at(span);
    let inputs = located(inputs, span);
    match input.source {
        Source::Depends(..) => quote_spanned!(span=> #inputs.depends()),
        // The parentheses have rustc blame the type alone, so that it reports a mark on another type
        // once at that place.
        Source::Alias => quote_spanned! {span=>
            <#ty as #private::DependsOn>::from_depends((#inputs).depends())
        },
        Source::Context => quote_spanned!(span=> #inputs.extracted()),
    }
}
