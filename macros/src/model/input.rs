//! A parameter of a function, or a field of a struct.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens as _;
use syn::{GenericArgument, PathArguments, Type};

use crate::parse::{Marks, Predicate};

/// Something that is resolved before the function is called or the struct is built.
#[derive(Clone)]
pub(crate) struct Input {
    /// The name of the field; parameters are known by their position.
    pub(crate) field: Option<Ident>,
    /// The type as written.
    pub(crate) ty: Type,
    /// The same, and its ends: made once, as what is generated repeats both often.
    pub(crate) tokens: TokenStream,
    pub(crate) ends: Ends,
    pub(crate) source: Source,
    /// It is there only if all of these hold.
    pub(crate) cfg: Vec<Predicate>,
}

/// Where an input comes from.
#[derive(Clone)]
pub(crate) enum Source {
    /// `Depends<db>`: from the dependency named, and as it is written.
    Depends(Box<Type>, TokenStream),
    /// Marked `#[depends]`: from whatever the alias names.
    Alias,
    /// From the context.
    Context,
}

impl Input {
    pub(super) fn new(field: Option<Ident>, ty: Type, marks: Marks) -> Self {
        let source = match named(&ty) {
            Some(dependency) => {
                Source::Depends(Box::new(dependency.clone()), dependency.to_token_stream())
            }
            None if marks.depends => Source::Alias,
            None => Source::Context,
        };
        let tokens = ty.to_token_stream();
        Self {
            field,
            ends: Ends::of(tokens.clone()),
            tokens,
            ty,
            source,
            cfg: marks.cfg,
        }
    }

    /// Whether it is read from the context.
    pub(crate) fn is_read(&self) -> bool {
        matches!(self.source, Source::Context)
    }
}

/// The `db` of `Depends<db>`.
fn named(ty: &Type) -> Option<&Type> {
    let path = match ty {
        Type::Group(group) => return named(&group.elem),
        Type::Paren(paren) => return named(&paren.elem),
        Type::Path(path) => &path.path,
        _ => return None,
    };
    let last = path
        .segments
        .last()
        .filter(|last| last.ident == "Depends")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    let mut arguments = arguments.args.iter();
    match (arguments.next(), arguments.next()) {
        (Some(GenericArgument::Type(dependency)), None) => Some(dependency),
        _ => None,
    }
}

/// The places of the first and the last token of something the user wrote.
#[derive(Clone, Copy)]
pub(crate) struct Ends {
    pub(crate) first: Span,
    pub(crate) last: Span,
}

impl Ends {
    pub(crate) fn of(tokens: TokenStream) -> Self {
        let mut tokens = tokens.into_iter();
        let first = tokens.next();
        let first = first.map_or_else(Span::call_site, |token| token.span());
        Self {
            first,
            last: tokens.last().map_or(first, |token| token.span()),
        }
    }
}
