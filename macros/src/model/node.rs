//! A handler or a dependency.

use std::time::Duration;

use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::{Attribute, ExprPath, Generics, Type, TypePath};

use super::{Allowed, Input, Output};
use crate::hygiene::Taken;
use crate::kind::Kind;
use crate::parse::Predicate;
use crate::paths::Private;

/// A handler or a dependency.
#[derive(Clone)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) private: Private,
    pub(crate) ident: Ident,
    /// The visibility of whatever is generated.
    pub(crate) vis: TokenStream,
    /// The documentation of a function, which the type beside it repeats.
    pub(crate) docs: Vec<Attribute>,
    /// The `#[deprecated]` of a function, which the type beside it repeats.
    pub(crate) deprecated: Option<Attribute>,
    pub(crate) allowed: Allowed,
    /// Type and const parameters, without defaults.
    pub(crate) generics: Generics,
    /// Whether it was written with lifetimes, which is refused.
    pub(crate) has_lifetimes: bool,
    /// In the order they are written.
    pub(crate) inputs: Vec<Input>,
    pub(crate) output: Output,
    pub(crate) colour: Colour,
    pub(crate) lifetime: Lifetime,
    pub(crate) is_guard: bool,
    pub(crate) is_sequential: bool,
    pub(crate) takes_seat: bool,
    pub(crate) stays_on_executor: bool,
    pub(crate) requires: Vec<TypePath>,
    pub(crate) after: Vec<TypePath>,
    pub(crate) timeout: Option<Duration>,
    /// The function that ends its value before the response leaves.
    pub(crate) teardown: Option<ExprPath>,
    /// The function that ends its value after the response.
    pub(crate) after_response: Option<ExprPath>,
    /// How many of its values may live at once.
    pub(crate) limit: Option<Limit>,
    /// All identifiers of the item and its options.
    pub(crate) taken: Taken,
}

/// How many values may live at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) values: u32,
    /// How many requests may wait for one.
    pub(crate) queue: Option<u32>,
}

/// How it runs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Colour {
    Async,
    Plain,
    Inline,
    /// With the place of the option, which is to blame if there is no such pool.
    Cpu(Span),
    Struct,
}

/// How long its value lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lifetime {
    RequestScoped,
    Singleton,
    Transient,
}

impl Node {
    /// The name as a person reads it: without `r#`.
    pub(crate) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// Whether it is a function, beside which a type has to be declared.
    pub(crate) fn is_function(&self) -> bool {
        !matches!(self.colour, Colour::Struct)
    }

    /// Whether it has type or const parameters.
    pub(crate) fn is_generic(&self) -> bool {
        !self.generics.params.is_empty()
    }

    /// Whether `ty` names a type or const parameter of the item.
    pub(crate) fn names_parameter(&self, ty: &Type) -> bool {
        let mut names = Taken::default();
        names.add(ty);
        // `Self` stands for a struct with its parameters, and means nothing outside of an `impl`.
        let this = Ident::new("Self", Span::call_site());
        names.contains(&this) || self.parameters().any(|parameter| names.contains(parameter))
    }

    /// Whether which dependency `path` is depends on a parameter: `T`, `T::Pool`, `<T as Has>::Pool`.
    ///
    /// Of such a dependency only the traits are known. `repo<T>` is not one.
    pub(crate) fn is_open(&self, path: &TypePath) -> bool {
        let starts_open =
            path.path.leading_colon.is_none()
                && path.path.segments.first().is_some_and(|first| {
                    self.parameters().any(|parameter| *parameter == first.ident)
                });
        match &path.qself {
            Some(qself) => self.names_parameter(&qself.ty),
            None => starts_open,
        }
    }

    /// The input that may consume the context: the last one that is read from it.
    pub(crate) fn last_read(&self) -> Option<usize> {
        self.inputs.iter().rposition(Input::is_read)
    }

    /// The different conditions under which inputs are there.
    pub(crate) fn conditions(&self) -> Vec<Predicate> {
        let mut conditions: Vec<Predicate> = Vec::new();
        for condition in self.inputs.iter().flat_map(|input| &input.cfg) {
            if !conditions.contains(condition) {
                conditions.push(condition.clone());
            }
        }
        conditions
    }

    fn parameters(&self) -> impl Iterator<Item = &Ident> {
        let types = self
            .generics
            .type_params()
            .map(|parameter| &parameter.ident);
        types.chain(
            self.generics
                .const_params()
                .map(|parameter| &parameter.ident),
        )
    }
}
