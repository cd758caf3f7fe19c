//! What the attribute stands on.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::parse::{Parse as _, ParseStream, Parser as _};
use syn::{Attribute, Ident, Path, Token, Visibility};

use super::{Function, Structure};
use crate::errors::{mistake_at, mistake_on};
use crate::kind::Kind;

/// The item below the attribute.
#[derive(Clone)]
pub(crate) enum Item {
    Function(Box<Function>),
    Struct(Box<Structure>),
}

impl Item {
    /// Parses the item, and refuses those beside which nothing can be declared.
    pub(crate) fn parse(kind: Kind, item: TokenStream) -> syn::Result<Self> {
        (|input: ParseStream<'_>| Self::parse_as(kind, input)).parse2(item)
    }

    /// Removes a `...`, which rustc would report in two more ways.
    pub(crate) fn drop_variadic(&mut self) {
        if let Self::Function(function) = self {
            function.sig.variadic = None;
        }
    }

    fn parse_as(kind: Kind, input: ParseStream<'_>) -> syn::Result<Self> {
        let ahead = input.fork();
        let attrs = ahead.call(Attribute::parse_outer)?;
        ahead.parse::<Visibility>()?;
        if let Err(error) = single_attribute(kind, &attrs) {
            input.parse::<TokenStream>()?;
            return Err(error);
        }
        if ahead.peek(Token![struct]) && kind == Kind::Dependency {
            let structure = Structure::parse(input)?;
            free_name(&structure.0.ident)?;
            return Ok(Self::Struct(Box::new(structure)));
        }
        if !starts_function(&ahead) {
            let span = ahead.span();
            input.parse::<TokenStream>()?;
            let (attribute, target) = (kind.attribute(), kind.target());
            return Err(mistake_at(
                span,
                format!("`{attribute}` goes on {target}; move it there"),
            ));
        }
        let function = Function::parse(input)?;
        free_function(kind, &function)?;
        free_name(&function.sig.ident)?;
        Ok(Self::Function(Box::new(function)))
    }
}

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::Function(function) => function.to_tokens(tokens),
            Self::Struct(structure) => structure.to_tokens(tokens),
        }
    }
}

/// Whether a function comes next, and not another item that starts with a qualifier of functions.
fn starts_function(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    loop {
        if ahead.peek(Token![fn]) {
            return true;
        }
        let is_qualifier = ahead.peek(Token![const])
            || ahead.peek(Token![async])
            || ahead.peek(Token![unsafe])
            || ahead.peek(Token![extern])
            || ahead.peek(syn::LitStr);
        if !is_qualifier || ahead.parse::<TokenTree>().is_err() {
            return false;
        }
    }
}

/// The other attribute would declare the type of that name once more.
fn single_attribute(kind: Kind, attrs: &[Attribute]) -> syn::Result<()> {
    for attr in attrs {
        let Some(other) = hueless_attribute(attr.path()) else {
            continue;
        };
        let message = if other == kind {
            format!("`{}` is given twice; remove one", kind.attribute())
        } else {
            format!(
                "a function is a handler or a dependency, not both; remove one of `{}` and `{}`",
                kind.attribute(),
                other.attribute()
            )
        };
        return Err(mistake_on(attr, message));
    }
    Ok(())
}

/// The attribute of this crate that `path` names, if it is written as one.
fn hueless_attribute(path: &Path) -> Option<Kind> {
    let mut segments = path.segments.iter().rev();
    let name = &segments.next()?.ident;
    // `#[elsewhere::handler]` is not ours.
    if segments
        .next()
        .is_some_and(|krate| krate.ident != "hueless")
    {
        return None;
    }
    [Kind::Handler, Kind::Dependency]
        .into_iter()
        .find(|kind| name == &kind.to_string())
}

/// Types that are always in scope, until one of the same name is declared.
const PRIMITIVES: &[&str] = &[
    "bool", "char", "f16", "f32", "f64", "f128", "i8", "i16", "i32", "i64", "i128", "isize", "str",
    "u8", "u16", "u32", "u64", "u128", "usize",
];

/// A type of that name would hide a primitive one in the whole module.
fn free_name(ident: &Ident) -> syn::Result<()> {
    if PRIMITIVES
        .iter()
        .any(|primitive| ident.unraw() == primitive)
    {
        return Err(mistake_at(
            ident.span(),
            format!(
                "the type `{ident}` beside it would hide the primitive type; give it another name"
            ),
        ));
    }
    Ok(())
}

/// Beside a method no type can be declared.
fn free_function(kind: Kind, function: &Function) -> syn::Result<()> {
    let sig = &function.sig;
    if let Some(receiver) = sig.receiver() {
        return Err(mistake_at(
            receiver.self_token.span,
            format!(
                "a {kind} cannot be a method; move it out of the `impl` and take what it needs as \
                 parameters"
            ),
        ));
    }
    if !is_block(function.body.clone()) {
        return Err(mistake_at(
            sig.ident.span(),
            format!(
                "a {kind} needs a body; put `{}` on a free function",
                kind.attribute()
            ),
        ));
    }
    Ok(())
}

/// Whether `body` is a block and nothing else.
fn is_block(body: TokenStream) -> bool {
    let mut tokens = body.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(group)), None) => match group.delimiter() {
            Delimiter::Brace => true,
            // One that a macro was given comes in an invisible group.
            Delimiter::None => is_block(group.stream()),
            Delimiter::Parenthesis | Delimiter::Bracket => false,
        },
        _ => false,
    }
}
