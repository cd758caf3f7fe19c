//! A parameter of a function, or a field of a struct.

use proc_macro2::Ident;
use syn::{GenericArgument, PathArguments, Type};

use crate::parse::{Marks, Predicate};

/// Something that is resolved before the function is called or the struct is built.
#[derive(Clone)]
pub(crate) struct Input {
    /// The name of the field; parameters are known by their position.
    pub(crate) field: Option<Ident>,
    /// The type as written.
    pub(crate) ty: Type,
    pub(crate) source: Source,
    /// It is there only if all of these hold.
    pub(crate) cfg: Vec<Predicate>,
}

/// Where an input comes from.
#[derive(Clone)]
pub(crate) enum Source {
    /// `Depends<db>`: from the dependency named.
    Depends(Box<Type>),
    /// Marked `#[depends]`: from whatever the alias names.
    Alias,
    /// From the context.
    Context,
}

impl Input {
    pub(super) fn new(field: Option<Ident>, ty: Type, marks: Marks) -> Self {
        let source = match named(&ty) {
            Some(dependency) => Source::Depends(Box::new(dependency.clone())),
            None if marks.depends => Source::Alias,
            None => Source::Context,
        };
        Self {
            field,
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
