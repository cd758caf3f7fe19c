//! The options of an attribute: `guard, requires(rate), crate = path`.

use std::time::Duration;

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{ExprPath, Ident, Path, TypePath};

use super::option_name::OptionName;
use super::split::split_at_commas;
use super::{number, time::time, value};
use crate::errors::{Errors, mistake_at};
use crate::kind::Kind;

/// An option, and where it was given.
#[derive(Clone)]
pub(crate) struct Given<T = ()> {
    pub(crate) span: Span,
    pub(crate) value: T,
    // Place among the options: of two that contradict each other the later is blamed.
    position: usize,
}

impl<T> Given<T> {
    /// Whether this option was given after `other`.
    pub(crate) fn is_after<U>(&self, other: &Given<U>) -> bool {
        self.position > other.position
    }

    /// The same option, whatever was given.
    pub(crate) fn flag(&self) -> Given {
        Given {
            span: self.span,
            value: (),
            position: self.position,
        }
    }
}

/// The options of one attribute. One with a mistake counts as not given.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) guard: Option<Given>,
    pub(crate) singleton: Option<Given>,
    pub(crate) transient: Option<Given>,
    pub(crate) inline: Option<Given>,
    pub(crate) cpu: Option<Given>,
    pub(crate) executor: Option<Given>,
    pub(crate) sequential: Option<Given>,
    pub(crate) seat: Option<Given>,
    pub(crate) requires: Option<Given<Vec<TypePath>>>,
    pub(crate) after: Option<Given<Vec<TypePath>>>,
    pub(crate) timeout: Option<Given<Duration>>,
    pub(crate) teardown: Option<Given<ExprPath>>,
    pub(crate) after_response: Option<Given<ExprPath>>,
    pub(crate) limit: Option<Given<u32>>,
    pub(crate) queue: Option<Given<u32>>,
    /// Whether a `limit` is written, even one with a mistake.
    pub(crate) names_limit: bool,
    pub(crate) krate: Option<Given<Path>>,
}

impl Options {
    /// Reads what stands between the parentheses of `kind`'s attribute.
    pub(crate) fn parse(kind: Kind, options: TokenStream, errors: &mut Errors) -> Self {
        let mut parsed = Self::default();
        // Each option is parsed for itself, so that a mistake in one leaves the others alone.
        for (position, option) in split_at_commas(options).into_iter().enumerate() {
            let parse = |input: ParseStream<'_>| {
                let outcome = parsed.parse_one(kind, position, input);
                // What follows a mistake belongs to it.
                outcome.inspect_err(|_| drop(input.parse::<TokenStream>()))
            };
            if let Err(error) = parse.parse2(option) {
                errors.push(error);
            }
        }
        parsed
    }

    fn parse_one(
        &mut self,
        kind: Kind,
        position: usize,
        input: ParseStream<'_>,
    ) -> syn::Result<()> {
        let key = input.call(Ident::parse_any).map_err(|error| {
            let options = OptionName::list(kind);
            mistake_at(
                error.span(),
                format!("expected an option, one of {options}"),
            )
        })?;
        let name = OptionName::parse(kind, &key)?;
        self.names_limit |= name == OptionName::Limit;
        let option = Key {
            ident: key,
            name,
            position,
        };
        match name {
            OptionName::Guard => option.set(&mut self.guard, input, value::none),
            OptionName::Singleton => option.set(&mut self.singleton, input, value::none),
            OptionName::Transient => option.set(&mut self.transient, input, value::none),
            OptionName::Inline => option.set(&mut self.inline, input, value::none),
            OptionName::Cpu => option.set(&mut self.cpu, input, value::none),
            OptionName::Executor => option.set(&mut self.executor, input, value::none),
            OptionName::Sequential => option.set(&mut self.sequential, input, value::none),
            OptionName::Seat => option.set(&mut self.seat, input, value::none),
            OptionName::Requires => option.set(&mut self.requires, input, value::list),
            OptionName::After => option.set(&mut self.after, input, value::list),
            OptionName::Timeout => option.set(&mut self.timeout, input, time),
            OptionName::Teardown => option.set(&mut self.teardown, input, value::function),
            OptionName::AfterResponse => {
                option.set(&mut self.after_response, input, value::function)
            }
            OptionName::Limit => option.set(&mut self.limit, input, number::limit),
            OptionName::Queue => option.set(&mut self.queue, input, number::queue),
            OptionName::Crate => option.set(&mut self.krate, input, value::absolute_path),
        }
    }
}

/// An option whose value is still to be read.
struct Key {
    ident: Ident,
    name: OptionName,
    position: usize,
}

impl Key {
    /// Reads the value into `slot`; the one place that knows of duplicates.
    fn set<T>(
        self,
        slot: &mut Option<Given<T>>,
        input: ParseStream<'_>,
        value: impl FnOnce(&Ident, ParseStream<'_>) -> syn::Result<T>,
    ) -> syn::Result<()> {
        let Self {
            ident,
            name,
            position,
        } = self;
        if slot.is_some() {
            let fix = name.keep_first();
            return Err(mistake_at(
                ident.span(),
                format!("duplicate option `{ident}`; {fix}"),
            ));
        }
        let value = value(&ident, input)?;
        *slot = Some(Given {
            span: ident.span(),
            value,
            position,
        });
        Ok(())
    }
}
