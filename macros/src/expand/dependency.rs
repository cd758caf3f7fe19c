//! The implementations that make a dependency.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};

use super::blame::Blame;
use super::ending::Ending;
use super::generics::{self, Extra};
use super::meta;
use super::needs;
use crate::hygiene::local;
use crate::model::{Colour, Lifetime, Node};

/// `Provider`, free of the context, and `Dependency<C>` for each context that can resolve it.
pub(super) fn traits(node: &Node) -> TokenStream {
    let provider = provider(node);
    let dependency = dependency(node);
    quote!(#provider #dependency)
}

/// ```text
/// // Input:
/// #[dependency(singleton)]
/// fn db(config: Depends<config>) -> Result<Db, DbError> { … }
///
/// // Output:
/// impl Provider for db {
///     type Output = <Result<Db, DbError> as IsResult>::Ok;
///     type Lifetime = Singleton;
///     const META: &'static Meta = …;
/// }
/// ```
pub(super) fn provider(node: &Node) -> TokenStream {
    let private = &node.private;
    let this = generics::this(node);
    let (parameters, clause) = generics::implementation(node, &Extra::default());
    let output = output(node);
    let lifetime = meta::lifetime(node);
    let blame = Blame::on(&node.output);
    // rustc blames the whole item for a value that is more private than the function.
    let (open, close) = (
        quote_spanned!(blame.first=> type Output =),
        quote_spanned!(blame.last=> ;),
    );
    // rustc blames the lifetime for a value that cannot be shared, or not even sent.
    let lifetime = blame.lay(quote!(#private::#lifetime));
    let meta = meta::meta(node);
    quote! {
        impl #parameters #private::Provider for #this #clause {
            #open #output #close
            type Lifetime = #lifetime;
            const META: &'static #private::Meta = #meta;
        }
    }
}

/// The type of the value: the `T` of a `Result<T, E>`.
fn output(node: &Node) -> TokenStream {
    if node.output.is_fallible {
        part_of_result(node, "Ok")
    } else {
        node.output.to_token_stream()
    }
}

/// ```text
/// // Input:
/// #[dependency(requires(rate), after(audit))]
/// async fn user(db: Depends<db>, headers: HeaderMap) -> Result<User, AuthError> { … }
///
/// // Output:
/// impl<C> Dependency<C> for user
/// where
///     rate: Dependency<C>,
///     db: Dependency<C>,
///     C: Extract<HeaderMap>,
///     C: Context,
///     C: Reject<<Result<User, AuthError> as IsResult>::Err>,
/// {
///     fn declare(node: &mut Declaration<'_, C>) {
///         node.requires::<rate>();
///         node.depends::<db>();
///         node.extracts::<HeaderMap>("HeaderMap");
///         node.after::<audit>();
///         node.runs_async::<Self, _, _, _>(
///             |inputs| user(inputs.depends(), inputs.extracted()),
///             rejecting::<C, _>,
///         );
///     }
/// }
/// ```
fn dependency(node: &Node) -> TokenStream {
    let private = &node.private;
    let this = generics::this(node);
    let context = node.taken.unused("C");
    let error = error(node);
    let mut predicates = needs::bounds(node, &context, None);
    let returned = Blame::on(&node.output).first;
    predicates.extend(error.iter().map(|error| {
        let private = private.at(returned);
        quote_spanned!(returned=> #context: #private::Reject<#error>)
    }));
    let extra = Extra {
        parameters: &[&context],
        predicates,
    };
    let (parameters, clause) = generics::implementation(node, &extra);
    let declaration = local("node");
    let needs = needs::declarations(node, &declaration, None);
    // All who wait for a singleton get its error.
    let shares_error = error
        .as_ref()
        .filter(|_| node.lifetime == Lifetime::Singleton)
        .map(|error| quote_spanned!(returned=> #declaration.shares_error::<#error>();));
    let stays = node
        .stays_on_executor
        .then(|| quote!(#declaration.stays_on_executor();));
    let ending = Ending {
        node,
        context: &context,
        declaration: &declaration,
        error: error.as_ref(),
    };
    let (description, endings) = (ending.description(), ending.declarations());
    let runs = runs(node, &context, &declaration);
    // A singleton is made by a run of its own, in a context of its own.
    let own = (node.lifetime == Lifetime::Singleton).then(|| {
        quote! {
            const OWN: #private::core::option::Option<#private::Own> =
                #private::core::option::Option::Some(
                    <Self as #private::Dependency<#private::Solo>>::declare,
                );
        }
    });
    quote! {
        impl #parameters #private::Dependency<#context> for #this #clause {
            #own

            fn declare(#declaration: &mut #private::Declaration<'_, #context>) {
                #(#needs)*
                #shares_error
                #description
                #stays
                #endings
                #runs
            }
        }
    }
}

/// `Ok` or `Err` of the return type, which is to blame if it is only called `Result`.
fn part_of_result(node: &Node, part: &str) -> TokenStream {
    let ty = &node.output.ty;
    let span = Blame::on(ty).first;
    let (private, part) = (node.private.at(span), Ident::new(part, span));
    quote_spanned!(span=> <#ty as #private::IsResult>::#part)
}

/// The type of the error, if there is one.
fn error(node: &Node) -> Option<TokenStream> {
    node.output.is_fallible.then(|| part_of_result(node, "Err"))
}

/// The last line of the declaration: how the node runs.
fn runs(node: &Node, context: &Ident, declaration: &Ident) -> TokenStream {
    if !node.is_function() {
        return builds(node, declaration);
    }
    let function = generics::function(node);
    let returned = Blame::on(&node.output).first;
    let private = node.private.at(returned);
    // A future that is not `Send` is the function's fault.
    let (is_async, span) = match node.colour {
        Colour::Async => (true, node.ident.span()),
        _ => (false, returned),
    };
    let is_fallible = node.output.is_fallible;
    if let Some(sources) = needs::sources(node).filter(|_| !is_fallible) {
        let method = Ident::new(if is_async { "awaits" } else { "calls" }, span);
        return quote_spanned! {span=>
            #declaration.#method::<Self, #sources, _, _>(#function);
        };
    }
    let method = Ident::new(if is_async { "runs_async" } else { "runs_plain" }, span);
    let inputs = local("inputs");
    let values = needs::values(node, &inputs);
    let parameter = parameter(&inputs, &values);
    let convert = if is_fallible {
        quote_spanned!(returned=> #private::rejecting::<#context, _>)
    } else {
        quote_spanned!(returned=> #private::accepting)
    };
    quote_spanned! {span=>
        #declaration.#method::<Self, _, _, _>(|#parameter| #function(#(#values),*), #convert);
    }
}

/// The same of a struct.
fn builds(node: &Node, declaration: &Ident) -> TokenStream {
    let inputs = local("inputs");
    let values = needs::values(node, &inputs);
    let parameter = parameter(&inputs, &values);
    let fields = node.inputs.iter().map(|input| &input.field);
    quote! {
        #declaration.builds::<Self, _>(|#parameter| Self { #(#fields: #values),* });
    }
}

/// The parameter of a closure that makes `values` of it.
fn parameter(inputs: &Ident, values: &[TokenStream]) -> TokenStream {
    if values.is_empty() {
        quote!(_)
    } else {
        quote!(#inputs)
    }
}
