//! What a function returns.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Generics, ReturnType, Type, TypeImplTrait, TypeParamBound};

/// The return type of a function; for a struct, the struct.
#[derive(Clone)]
pub(crate) struct Output {
    /// As written, but for `use<…>`; `()` if nothing is.
    pub(crate) ty: Type,
    pub(crate) is_written: bool,
    /// Whether the last segment is written `Result`.
    pub(crate) is_fallible: bool,
}

impl Output {
    pub(super) fn of(output: &ReturnType) -> Self {
        match output {
            ReturnType::Default => Self::unit(),
            ReturnType::Type(_, ty) => {
                let is_fallible = is_written_result(ty);
                let mut ty = (**ty).clone();
                WithoutCaptures.visit_type_mut(&mut ty);
                Self {
                    ty,
                    is_written: true,
                    is_fallible,
                }
            }
        }
    }

    /// The type of a struct's value.
    pub(super) fn of_struct(ident: &Ident, generics: &Generics) -> Self {
        let (_, arguments, _) = generics.split_for_impl();
        let ty = Type::Verbatim(quote!(#ident #arguments));
        Self {
            ty,
            is_written: true,
            is_fallible: false,
        }
    }

    /// `()`
    pub(crate) fn unit() -> Self {
        Self {
            ty: Type::Verbatim(quote!(())),
            is_written: false,
            is_fallible: false,
        }
    }
}

impl ToTokens for Output {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.ty.to_tokens(tokens);
    }
}

/// Removes `use<…>` from `impl Trait + use<…>`: what is generated has type parameters of its own,
/// and rustc wants all of them in such a list.
struct WithoutCaptures;

impl VisitMut for WithoutCaptures {
    fn visit_type_impl_trait_mut(&mut self, opaque: &mut TypeImplTrait) {
        let bounds = std::mem::take(&mut opaque.bounds);
        let kept = |bound: &TypeParamBound| !matches!(bound, TypeParamBound::PreciseCapture(_));
        opaque.bounds = bounds.into_iter().filter(kept).collect();
        visit_mut::visit_type_impl_trait_mut(self, opaque);
    }
}

/// Whether the type is written as a path that ends in `Result`.
fn is_written_result(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => is_written_result(&group.elem),
        Type::Paren(paren) => is_written_result(&paren.elem),
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "Result"),
        _ => false,
    }
}
