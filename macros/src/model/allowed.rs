//! What the user allows.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt as _};
use syn::{Attribute, Ident, Meta, parse_quote};

/// The lints that the user allows on the item. What is generated repeats its types, so a lint that
/// one of them would trigger has to be allowed there as well.
#[derive(Clone)]
pub(crate) struct Allowed(Vec<Attribute>);

impl Allowed {
    pub(super) fn of(attrs: &[Attribute]) -> Self {
        let mut allowed: Vec<Attribute> = attrs.iter().filter_map(allowance).collect();
        // What is generated uses the item.
        if attrs.iter().any(|attr| attr.path().is_ident("deprecated")) {
            allowed.push(parse_quote!(#[allow(deprecated)]));
        }
        Self(allowed)
    }
}

impl ToTokens for Allowed {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.0);
    }
}

/// `#[allow(…)]`; also for `#[expect(…)]`, which is fulfilled by the function alone.
fn allowance(attr: &Attribute) -> Option<Attribute> {
    let mut allowance = attr.clone();
    match &mut allowance.meta {
        Meta::List(list) if list.path.is_ident("allow") => {}
        Meta::List(list) if list.path.is_ident("expect") => {
            list.path = Ident::new("allow", Span::call_site()).into();
        }
        _ => return None,
    }
    Some(allowance)
}
