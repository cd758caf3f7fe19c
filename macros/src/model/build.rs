//! Options and syntax to the model.

use proc_macro2::Ident;
use quote::quote;
use syn::{Attribute, FnArg, GenericParam, Generics, Visibility};

use super::{Allowed, Colour, Input, Lifetime, Limit, Node, Output};
use crate::errors::Errors;
use crate::hygiene::{Taken, generated};
use crate::kind::Kind;
use crate::parse::{Function, Given, Item, Marks, Options, Structure};
use crate::paths::Private;

/// Builds the model, and takes the marks of this crate off the item.
pub(crate) fn build(kind: Kind, options: &Options, item: &mut Item, errors: &mut Errors) -> Node {
    let mut taken = Taken::default();
    let written = match item {
        Item::Function(function) => {
            let (sig, vis) = (&function.sig, &function.vis);
            taken.add(quote!(#vis #sig));
            from_function(options, function, errors)
        }
        Item::Struct(structure) => {
            taken.add(&structure.0);
            from_struct(structure, errors)
        }
    };
    let Written {
        ident,
        vis,
        attrs,
        generics,
        inputs,
        output,
        colour,
    } = written;
    let requires = value(options.requires.as_ref()).unwrap_or_default();
    let after = value(options.after.as_ref()).unwrap_or_default();
    let teardown = value(options.teardown.as_ref());
    let after_response = value(options.after_response.as_ref());
    let krate = value(options.krate.as_ref());
    taken.add(quote!(#krate #(#requires)* #(#after)* #teardown #after_response));
    Node {
        kind,
        private: Private::new(krate.as_ref()),
        ident,
        vis: generated(vis),
        // All other attributes act on the function (`#[tracing::instrument]`, `#[must_use]`).
        docs: attrs
            .iter()
            .filter(|attr| attr.path().is_ident("doc"))
            .cloned()
            .collect(),
        deprecated: attrs
            .iter()
            .find(|attr| attr.path().is_ident("deprecated"))
            .cloned(),
        allowed: Allowed::of(&attrs),
        has_lifetimes: generics.lifetimes().next().is_some(),
        generics: bare(generics),
        inputs,
        output,
        colour,
        lifetime: match options {
            Options {
                singleton: Some(_), ..
            } => Lifetime::Singleton,
            Options {
                transient: Some(_), ..
            } => Lifetime::Transient,
            _ => Lifetime::RequestScoped,
        },
        is_guard: options.guard.is_some(),
        is_sequential: options.sequential.is_some(),
        takes_seat: options.seat.is_some(),
        stays_on_executor: options.executor.is_some(),
        requires,
        after,
        timeout: value(options.timeout.as_ref()),
        teardown,
        after_response,
        limit: options.limit.as_ref().map(|limit| Limit {
            values: limit.value,
            queue: value(options.queue.as_ref()),
        }),
        taken,
    }
}

/// What the item says, whichever it is.
struct Written {
    ident: Ident,
    vis: Visibility,
    attrs: Vec<Attribute>,
    generics: Generics,
    inputs: Vec<Input>,
    output: Output,
    colour: Colour,
}

fn from_function(options: &Options, function: &mut Function, errors: &mut Errors) -> Written {
    let mut inputs = Vec::new();
    for parameter in &mut function.sig.inputs {
        // A method was refused when the item was parsed.
        let FnArg::Typed(parameter) = parameter else {
            continue;
        };
        let marks = Marks::take(&mut parameter.attrs, errors);
        inputs.push(Input::new(None, (*parameter.ty).clone(), marks));
    }
    let sig = &function.sig;
    let colour = match options {
        _ if sig.asyncness.is_some() => Colour::Async,
        Options {
            inline: Some(_), ..
        } => Colour::Inline,
        Options { cpu: Some(cpu), .. } => Colour::Cpu(cpu.span),
        _ => Colour::Plain,
    };
    Written {
        ident: sig.ident.clone(),
        vis: function.vis.clone(),
        attrs: function.attrs.clone(),
        generics: sig.generics.clone(),
        inputs,
        output: Output::of(&sig.output),
        colour,
    }
}

fn from_struct(structure: &mut Structure, errors: &mut Errors) -> Written {
    let mut inputs = Vec::new();
    for field in structure.fields_mut() {
        let marks = Marks::take(&mut field.attrs, errors);
        inputs.push(Input::new(field.ident.clone(), field.ty.clone(), marks));
    }
    let item = &structure.0;
    Written {
        ident: item.ident.clone(),
        vis: item.vis.clone(),
        attrs: item.attrs.clone(),
        generics: item.generics.clone(),
        inputs,
        output: Output::of_struct(&item.ident, &item.generics),
        colour: Colour::Struct,
    }
}

fn value<T: Clone>(option: Option<&Given<T>>) -> Option<T> {
    option.map(|given| given.value.clone())
}

/// Generics as they are repeated: defaults stand only where they are declared.
///
/// Lifetimes, conditional parameters and `_` are refused. They are left out here, and with
/// lifetimes every bound that may name one, so that the fallback is valid beside the message.
fn bare(mut generics: Generics) -> Generics {
    let has_lifetimes = generics.lifetimes().next().is_some();
    generics.params = generics
        .params
        .into_iter()
        .filter(|parameter| match parameter {
            GenericParam::Lifetime(_) => false,
            GenericParam::Type(parameter) => {
                parameter.ident != "_" && !is_conditional(&parameter.attrs)
            }
            GenericParam::Const(parameter) => !is_conditional(&parameter.attrs),
        })
        .collect();
    for parameter in generics.type_params_mut() {
        parameter.default = None;
        if has_lifetimes {
            parameter.bounds.clear();
        }
    }
    for parameter in generics.const_params_mut() {
        parameter.default = None;
    }
    if has_lifetimes {
        generics.where_clause = None;
    }
    generics
}

fn is_conditional(attrs: &[Attribute]) -> bool {
    attrs
        .iter()
        .any(|attr| attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr"))
}
