//! Whether what is generated keeps clear of the names of the item.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::visit::{self, Visit};
use syn::{GenericParam, Generics, ImplItemFn, ItemImpl};

/// A parameter that is declared twice, in one list or in an `impl` and a function in it.
pub(super) fn declared_twice(items: &[syn::Item]) -> Option<String> {
    let mut names = Names::default();
    for item in items {
        names.visit_item(item);
    }
    names.twice
}

/// Whether the item itself declares a parameter twice.
pub(super) fn are_unique(item: &syn::Item) -> bool {
    declared_twice(std::slice::from_ref(item)).is_none()
}

#[derive(Default)]
struct Names {
    /// Of the `impl` that is visited.
    outer: Vec<String>,
    twice: Option<String>,
}

impl Names {
    fn of(generics: &Generics) -> Vec<String> {
        let name = |ident: &Ident| ident.unraw().to_string();
        let names = generics.params.iter().map(|parameter| match parameter {
            GenericParam::Lifetime(parameter) => parameter.lifetime.to_string(),
            GenericParam::Type(parameter) => name(&parameter.ident),
            GenericParam::Const(parameter) => name(&parameter.ident),
        });
        names.collect()
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_impl(&mut self, item: &'ast ItemImpl) {
        self.outer = Self::of(&item.generics);
        visit::visit_item_impl(self, item);
        self.outer.clear();
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        let inner = Self::of(&function.sig.generics);
        let shadowed = inner.into_iter().find(|name| self.outer.contains(name));
        self.twice = self.twice.take().or(shadowed);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_generics(&mut self, generics: &'ast Generics) {
        let mut names = Self::of(generics);
        names.sort();
        let pair = names.windows(2).find(|pair| pair[0] == pair[1]);
        let twice = pair.map(|pair| pair[0].clone());
        self.twice = self.twice.take().or(twice);
    }
}
