//! What a written type is made of.

use proc_macro2::Span;
use syn::visit::{self, Visit};
use syn::{
    Expr, Lifetime, ParenthesizedGenericArguments, PathArguments, PathSegment, TraitBound, Type,
    TypeFnPtr, TypeImplTrait, TypeInfer, TypeNever, TypeReference,
};

/// What was found in a type, each with the first token that says so.
#[derive(Default)]
pub(crate) struct Scan {
    /// A lifetime other than `'static`, also an elided one.
    pub(crate) borrow: Option<Span>,
    pub(crate) impl_trait: Option<Span>,
    /// `_`
    pub(crate) infer: Option<Span>,
    /// `!`
    pub(crate) never: Option<Span>,
    /// `Depends<…>`, here or inside.
    pub(crate) depends: Option<Span>,
}

impl Scan {
    pub(crate) fn of(ty: &Type) -> Self {
        let mut scan = Self::default();
        scan.visit_type(ty);
        scan
    }

    /// Whether the type can be written anywhere, not only in a signature.
    pub(crate) fn is_plain(&self) -> bool {
        let Self {
            borrow,
            impl_trait,
            infer,
            never,
            depends: _,
        } = self;
        [borrow, impl_trait, infer, never]
            .iter()
            .all(|found| found.is_none())
    }
}

impl<'ast> Visit<'ast> for Scan {
    fn visit_path_segment(&mut self, segment: &'ast PathSegment) {
        if segment.ident == "Depends"
            && matches!(segment.arguments, PathArguments::AngleBracketed(_))
        {
            self.depends.get_or_insert(segment.ident.span());
        }
        visit::visit_path_segment(self, segment);
    }

    fn visit_type_reference(&mut self, reference: &'ast TypeReference) {
        match &reference.lifetime {
            Some(lifetime) => self.visit_lifetime(lifetime),
            None => drop(self.borrow.get_or_insert(reference.and_token.span)),
        }
        self.visit_type(&reference.elem);
    }

    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        if lifetime.ident != "static" {
            self.borrow.get_or_insert(lifetime.span());
        }
    }

    fn visit_type_impl_trait(&mut self, impl_trait: &'ast TypeImplTrait) {
        self.impl_trait.get_or_insert(impl_trait.impl_token.span);
        visit::visit_type_impl_trait(self, impl_trait);
    }

    fn visit_type_infer(&mut self, infer: &'ast TypeInfer) {
        self.infer.get_or_insert(infer.underscore_token.span);
    }

    fn visit_type_never(&mut self, never: &'ast TypeNever) {
        self.never.get_or_insert(never.bang_token.span);
    }

    // What a function borrows when it is called is not borrowed by the value: `fn(&str) -> u8`,
    // `Box<dyn Fn(&str)>`, `dyn for<'a> Visit<'a>`.

    fn visit_type_fn_ptr(&mut self, _: &'ast TypeFnPtr) {}

    fn visit_parenthesized_generic_arguments(&mut self, _: &'ast ParenthesizedGenericArguments) {}

    fn visit_trait_bound(&mut self, bound: &'ast TraitBound) {
        if bound.lifetimes.is_none() {
            visit::visit_trait_bound(self, bound);
        }
    }

    // The length of an array holds no type of the value.
    fn visit_expr(&mut self, _: &'ast Expr) {}
}
