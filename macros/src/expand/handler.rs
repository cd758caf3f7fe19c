//! The wrapper to register, and the implementations behind it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::blame::Blame;
use super::generics::{self, Extra};
use super::meta;
use super::needs::{self, Last};
use crate::hygiene::local;
use crate::model::{Colour, Node};

/// The type parameters of a handler's implementations.
struct Parameters {
    context: Ident,
    /// How the last input is read; none without such an input.
    marker: Option<Ident>,
}

impl Parameters {
    fn of(node: &Node) -> Self {
        Self {
            context: node.taken.unused("C"),
            marker: node.last_read().map(|_| node.taken.unused("M")),
        }
    }

    fn list(&self) -> Vec<&Ident> {
        [&self.context].into_iter().chain(&self.marker).collect()
    }

    /// The argument for the marker.
    fn marker_type(&self) -> TokenStream {
        self.marker
            .as_ref()
            .map_or_else(|| quote!(()), |marker| quote!(#marker))
    }
}

/// ```text
/// // Input:
/// #[handler]
/// fn read(user: Depends<user>, Path(id): Path<u64>) -> impl IntoResponse { … }
///
/// // Output:
/// impl read {
///     pub fn handler<C, M>(
///         invocation: Invocation<Self, C, M>,
///     ) -> impl Future<Output = Result<Reply<impl IntoResponse>, <C as Context>::Rejection>> + Send
///     where
///         C: Context + Admits<Self, M, (Depends<user>, Path<u64>,)>,
///     {
///         invoke_plain(invocation, |(a0, a1,)| read(a0, a1))
///     }
/// }
/// ```
///
/// Not an `async fn`: only a signature that says `Send` has rustc explain a future that is not. One
/// bound: rustc leaves it alone until it knows the context, where bounds on each dependency would be
/// tried for every context there may be.
pub(super) fn wrapper(node: &Node) -> TokenStream {
    let Node {
        private,
        vis,
        allowed,
        output,
        ..
    } = node;
    let this = generics::this(node);
    let (parameters, clause) = generics::implementation(node, &Extra::default());
    let own = Parameters::of(node);
    let (context, marker) = (&own.context, own.marker_type());
    let own_parameters = own.list();
    let types = needs::types(node);
    let invocation = local("invocation");
    // A context that cannot run the handler is told so with a note at its name.
    let bound = {
        let span = node.ident.span();
        let private = private.at(span);
        quote_spanned!(span=> #private::Admits<Self, #marker, #types>)
    };
    // rustc looks for `Send` here and in the body, and reports once what it finds at one place.
    let Blame { first, last } = blame(node);
    let opaque = quote_spanned!(first=> impl);
    let send = {
        let private = private.at(last);
        quote_spanned!(last=> #private::core::marker::Send)
    };
    let signature = quote! {
        (#invocation: #private::Invocation<Self, #context, #marker>)
            -> #opaque #private::core::future::Future<
                Output = #private::core::result::Result<
                    #private::Reply<#output>,
                    <#context as #private::Context>::Rejection,
                >,
            > + #send
        where
            #context: #private::Context + #bound
    };
    let name = node.name();
    let documentation = format!(
        " `{name}`, as a router takes it: resolves its parameters in the context `{context}` and calls it."
    );
    let call = call(node, &invocation);
    // The function's own signature is warned about; the same types, once more, are not.
    quote! {
        #allowed
        #[allow(private_bounds, private_interfaces, clippy::type_complexity)]
        impl #parameters #this #clause {
            #[doc = #documentation]
            ///
            /// # Errors
            ///
            /// The rejection of the first node, in declaration order, that failed.
            ///
            /// # Cancel safety
            ///
            /// Dropping the future gives the request up: what has not started for it does not start.
            #vis fn handler<#(#own_parameters),*> #signature #call
        }
    }
}

/// The body of the wrapper.
fn call(node: &Node, invocation: &Ident) -> TokenStream {
    let private = &node.private;
    let is_async = matches!(node.colour, Colour::Async);
    let method = match (is_async, node.output.is_fallible) {
        (true, false) => "invoke_async",
        (true, true) => "invoke_fallible_async",
        (false, false) => "invoke_plain",
        (false, true) => "invoke_fallible_plain",
    };
    let method = Ident::new(method, Span::call_site());
    let called = called(node);
    // What is only called `Result` is to blame if it is none.
    let has_failed = node.output.is_fallible.then(|| {
        let is_err = Blame::on(&node.output).lay(quote!(#private::is_err));
        quote!(, #is_err)
    });
    let blame = blame(node);
    let call = blame.lay(quote!(#private::#method(#invocation, #called #has_failed)));
    blame.lay(quote!({ #call }))
}

/// The handler, as what takes its parameters as a tuple.
fn called(node: &Node) -> TokenStream {
    let function = generics::function(node);
    let is_async = matches!(node.colour, Colour::Async);
    if is_async && node.inputs.len() <= needs::MOST_AT_ONCE {
        return function;
    }
    let positions = 0..node.inputs.len();
    let arguments: Vec<Ident> = positions.map(|at| local(&format!("a{at}"))).collect();
    let closure = quote!(|(#(#arguments,)*)| #function(#(#arguments),*));
    if is_async {
        let private = &node.private;
        quote!(#private::Many(#closure))
    } else {
        closure
    }
}

/// What is to blame if what the handler makes is not `Send`: of an `async fn` the future, so the
/// function, otherwise the return type.
fn blame(node: &Node) -> Blame {
    match node.colour {
        Colour::Async => Blame::on(&node.ident),
        _ if node.output.is_written => Blame::on(&node.output),
        _ => Blame::on(&node.ident),
    }
}

/// ```text
/// // Input:
/// #[handler]
/// fn read(user: Depends<user>, Path(id): Path<u64>) -> Json<Item> { … }
///
/// // Output:
/// impl HandlerMeta for read {
///     const META: &'static Meta = …;
/// }
/// impl<C, M> Handler<C, M, (Depends<user>, Path<u64>,)> for read
/// where
///     user: Dependency<C>,
///     C: ExtractLast<Path<u64>, M>,
///     C: Context,
/// {
///     fn slot() -> &'static Slot {
///         static SLOT: Slot = Slot::new();
///         &SLOT
///     }
///     fn declare(node: &mut Declaration<'_, C>) {
///         node.depends::<user>();
///         node.extracts_last::<Path<u64>, M>("Path<u64>");
///     }
///     fn params(inputs: &mut Inputs) -> (Depends<user>, Path<u64>,) {
///         <(Resolved, Read,) as Sources<_>>::take(inputs)
///     }
/// }
/// ```
///
/// The parameters stand in the trait's own, and not in an associated type: a `pub` handler may take
/// what is private, as the function itself may.
pub(super) fn traits(node: &Node) -> TokenStream {
    let private = &node.private;
    let sequential = node
        .is_sequential
        .then(|| quote!(const SEQUENTIAL: #private::core::primitive::bool = true;));
    let this = generics::this(node);
    let own = Parameters::of(node);
    let (context, marker) = (&own.context, own.marker_type());
    let last = node.last_read().zip(own.marker.as_ref());
    let last = last.map(|(position, marker)| Last { position, marker });
    let predicates = needs::bounds(node, context, last);
    let own_parameters = own.list();
    let extra = Extra {
        parameters: &own_parameters,
        predicates,
    };
    let (parameters, clause) = generics::implementation(node, &extra);
    let declaration = local("node");
    let needs = needs::declarations(node, &declaration, last);
    let values = values(node);
    let types = needs::types(node);
    let meta = handler_meta(node);
    quote! {
        #meta

        impl #parameters #private::Handler<#context, #marker, #types> for #this #clause {
            #sequential

            fn slot() -> &'static #private::Slot {
                static SLOT: #private::Slot = #private::Slot::new();
                &SLOT
            }

            fn declare(#declaration: &mut #private::Declaration<'_, #context>) {
                #(#needs)*
            }

            #values
        }
    }
}

/// The function that takes the parameters out of what was resolved.
fn values(node: &Node) -> TokenStream {
    let private = &node.private;
    let inputs = local("inputs");
    let types = needs::types(node);
    if let Some(sources) = needs::sources(node) {
        return quote! {
            fn params(#inputs: &mut #private::Inputs) -> #types {
                <#sources as #private::Sources<_>>::take(#inputs)
            }
        };
    }
    let values = needs::values(node, &inputs);
    quote! {
        fn params(#inputs: &mut #private::Inputs) -> #types {
            (#(#values,)*)
        }
    }
}

/// `HandlerMeta`, which needs no context.
pub(super) fn handler_meta(node: &Node) -> TokenStream {
    let private = &node.private;
    let this = generics::this(node);
    let (parameters, clause) = generics::implementation(node, &Extra::default());
    let meta = meta::meta(node);
    quote! {
        impl #parameters #private::HandlerMeta for #this #clause {
            const META: &'static #private::Meta = #meta;
        }
    }
}
