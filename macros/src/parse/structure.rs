//! A struct with named fields.

use crate::errors::mistake_on;
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Field, Fields, ItemStruct};

/// A struct as the user wrote it.
#[derive(Clone)]
pub(crate) struct Structure(pub(crate) ItemStruct);

impl Structure {
    /// The fields.
    pub(crate) fn fields_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        self.0.fields.iter_mut()
    }
}

impl Parse for Structure {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let item: ItemStruct = input.parse()?;
        match &item.fields {
            Fields::Named(_) => Ok(Self(item)),
            Fields::Unnamed(fields) => Err(mistake_on(
                fields,
                "a dependency that is a struct needs named fields; write `{ name: Type }`",
            )),
            Fields::Unit => Err(mistake_on(
                &item.ident,
                "a dependency that is a struct needs named fields; write `{}` instead of `;`",
            )),
        }
    }
}

impl ToTokens for Structure {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}
