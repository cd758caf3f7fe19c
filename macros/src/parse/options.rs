//! The options of an attribute: `guard, requires(rate), crate = path`.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Ident, Path, Token, TypePath};

use super::option_name::OptionName;
use crate::errors::Errors;
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
    pub(crate) requires: Option<Given<Vec<TypePath>>>,
    pub(crate) after: Option<Given<Vec<TypePath>>>,
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
            syn::Error::new(
                error.span(),
                format!("expected an option, one of {options}"),
            )
        })?;
        let name = OptionName::parse(kind, &key)?;
        let option = Key {
            ident: key,
            name,
            position,
        };
        match name {
            OptionName::Guard => option.set(&mut self.guard, input, no_value),
            OptionName::Singleton => option.set(&mut self.singleton, input, no_value),
            OptionName::Transient => option.set(&mut self.transient, input, no_value),
            OptionName::Inline => option.set(&mut self.inline, input, no_value),
            OptionName::Cpu => option.set(&mut self.cpu, input, no_value),
            OptionName::Executor => option.set(&mut self.executor, input, no_value),
            OptionName::Sequential => option.set(&mut self.sequential, input, no_value),
            OptionName::Requires => option.set(&mut self.requires, input, list),
            OptionName::After => option.set(&mut self.after, input, list),
            OptionName::Crate => option.set(&mut self.krate, input, absolute_path),
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
            return Err(syn::Error::new(
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

/// The tokens between commas; a comma at the end is allowed.
fn split_at_commas(options: TokenStream) -> Vec<TokenStream> {
    let mut split = vec![TokenStream::new()];
    for token in options {
        let is_comma = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',');
        match split.last_mut() {
            // A comma with no option before it stays, for the parser to stumble over.
            Some(option) if !is_comma || option.is_empty() => option.extend([token]),
            _ => split.push(TokenStream::new()),
        }
    }
    split.retain(|option| !option.is_empty());
    split
}

/// `inline`
fn no_value(key: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() {
        return Ok(());
    }
    Err(syn::Error::new(
        key.span(),
        format!("`{key}` takes no value; write `{key}`"),
    ))
}

/// `requires(rate, page<100>)`
fn list(key: &Ident, input: ParseStream<'_>) -> syn::Result<Vec<TypePath>> {
    let needs_names = || {
        let message = format!("`{key}` takes names of dependencies; write `{key}(name)`");
        Err(syn::Error::new(key.span(), message))
    };
    if !input.peek(syn::token::Paren) {
        return needs_names();
    }
    let content;
    syn::parenthesized!(content in input);
    if content.is_empty() {
        return needs_names();
    }
    let names = Punctuated::<TypePath, Token![,]>::parse_terminated(&content)?;
    if !input.is_empty() {
        return Err(input.error(format!("expected `,` after `{key}(…)`")));
    }
    Ok(names.into_iter().collect())
}

/// `crate = ::elsewhere::hueless`
fn absolute_path(key: &Ident, input: ParseStream<'_>) -> syn::Result<Path> {
    let message = "`crate` takes an absolute path; write `crate = ::hueless`";
    if !input.peek(Token![=]) {
        return Err(syn::Error::new(key.span(), message));
    }
    input.parse::<Token![=]>()?;
    if input.is_empty() {
        return Err(syn::Error::new(key.span(), message));
    }
    // What a relative path means depends on the module the item stands in: a `macro_rules!` that
    // writes the attribute would work in one module and fail in the next.
    if input.peek(Token![self]) || input.peek(Token![super]) {
        return Err(input.error(message));
    }
    Path::parse_mod_style(input).map_err(|error| syn::Error::new(error.span(), message))
}
