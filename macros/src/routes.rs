//! `routes!`: registers handlers with what `#[utoipa::path]` has written beside them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Expr, Path, PathArguments, Token};

use crate::errors::mistake_at;

const USAGE: &str = "`routes!` takes descriptions and the paths of handlers; write \
                     `routes!(descriptions; list, items::add)`";

/// What stands in `routes!(descriptions; list, items::add)`.
struct Routes {
    descriptions: Expr,
    handlers: Punctuated<Path, Token![,]>,
}

impl Parse for Routes {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let descriptions = input.parse()?;
        input.parse::<Token![;]>()?;
        let handlers = Punctuated::parse_terminated(input)?;
        if handlers.is_empty() {
            return Err(input.error("no handler"));
        }
        Ok(Self {
            descriptions,
            handlers,
        })
    }
}

/// ```text
/// // Input:  routes!(descriptions; items::list)
/// // Output:
/// {
///     let descriptions = &descriptions;
///     let mut routes = ::hueless::openapi::__Routes::default();
///     let mut router = ::axum::routing::MethodRouter::new();
///     for method in routes.add::<items::list, items::__path_list>(descriptions) {
///         let filter = ::utoipa_axum::PathItemExt::to_method_filter(&method);
///         router = router.on(filter, items::list::handler);
///     }
///     let (schemas, paths) = routes.into_parts();
///     (schemas, paths, router)
/// }
/// ```
pub(crate) fn routes(input: TokenStream) -> TokenStream {
    match syn::parse2(input) {
        Ok(routes) => expand(&routes),
        Err(error) => mistake_at(error.span(), USAGE).into_compile_error(),
    }
}

fn expand(routes: &Routes) -> TokenStream {
    let Routes {
        descriptions,
        handlers,
    } = routes;
    let registered = handlers.iter().map(|handler| {
        let written = written(handler);
        quote! {
            for method in routes.add::<#handler, #written>(descriptions) {
                let filter = ::utoipa_axum::PathItemExt::to_method_filter(&method);
                router = router.on(filter, <#handler>::handler);
            }
        }
    });
    quote! {
        {
            let descriptions = &#descriptions;
            let mut routes = ::hueless::openapi::__Routes::default();
            let mut router = ::axum::routing::MethodRouter::new();
            #(#registered)*
            let (schemas, paths) = routes.into_parts();
            (schemas, paths, router)
        }
    }
}

/// The type that `#[utoipa::path]` writes beside a function.
fn written(handler: &Path) -> Path {
    let mut written = handler.clone();
    if let Some(name) = written.segments.last_mut() {
        name.ident = format_ident!("__path_{}", name.ident);
        name.arguments = PathArguments::None;
    }
    written
}
