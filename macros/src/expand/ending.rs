//! The functions that end the value of a dependency.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ExprPath;

use crate::hygiene::local;
use crate::model::{Lifetime, Node};

/// What a dependency says of the functions that end its value.
///
/// ```text
/// // Input:
/// #[dependency(teardown = end, after_response = release)]
/// fn transaction() -> Result<Transaction, DbError> { … }
///
/// // Output:
/// node.tears_down::<Self, <Result<Transaction, DbError> as IsResult>::Err, _, _, _>(
///     end,
///     <C as Reject<<Result<Transaction, DbError> as IsResult>::Err>>::reject,
///     |error| (&Describe(error)).__hueless_text(),
/// );
/// node.ends_after_response::<Self, <Result<Transaction, DbError> as IsResult>::Err, _, _, _>(
///     release,
///     |error| (&Describe(error)).__hueless_text(),
/// );
/// ```
///
/// Whether a function is async, and whether it can fail, stands in what it returns: the runtime asks
/// for that. A function of another shape is to blame where it is named.
pub(super) struct Ending<'a> {
    pub(super) node: &'a Node,
    pub(super) context: &'a Ident,
    pub(super) declaration: &'a Ident,
    /// The type of the dependency's error, if it has one.
    pub(super) error: Option<&'a TokenStream>,
}

impl Ending<'_> {
    /// The statements.
    pub(super) fn declarations(&self) -> TokenStream {
        let Node {
            teardown,
            after_response,
            ..
        } = self.node;
        let teardown = teardown.as_ref().map(|path| self.teardown(path));
        let after_response = after_response
            .as_ref()
            .map(|path| self.after_response(path));
        quote!(#teardown #after_response)
    }

    fn teardown(&self, path: &ExprPath) -> TokenStream {
        let Self {
            node,
            context,
            declaration,
            ..
        } = self;
        let span = blame(path);
        let private = &node.private;
        let (error, text) = (self.error_type(), self.text());
        let reject = match self.error {
            Some(error) => quote!(<#context as #private::Reject<#error>>::reject),
            None => quote!(#private::never),
        };
        quote_spanned! {span=>
            #declaration.tears_down::<Self, #error, _, _, _>(#path, #reject, #text);
        }
    }

    fn after_response(&self, path: &ExprPath) -> TokenStream {
        let declaration = self.declaration;
        let span = blame(path);
        let (error, text) = (self.error_type(), self.text());
        quote_spanned! {span=>
            #declaration.ends_after_response::<Self, #error, _, _, _>(#path, #text);
        }
    }

    fn error_type(&self) -> TokenStream {
        let private = &self.node.private;
        match self.error {
            Some(error) => quote!(#error),
            None => quote!(#private::core::convert::Infallible),
        }
    }

    /// What the log says of a singleton's error, which is told where its type is not known.
    pub(super) fn description(&self) -> Option<TokenStream> {
        let Self {
            node, declaration, ..
        } = self;
        let error = self
            .error
            .filter(|_| node.lifetime == Lifetime::Singleton)?;
        let text = self.text();
        Some(quote!(#declaration.describes_error::<#error>(#text);))
    }

    /// The function that makes a line of the log of an error. An error need not be `Display`: the
    /// first of `Describe`, `DebugText` and `NoText` that has a `__hueless_text` for it answers.
    fn text(&self) -> TokenStream {
        let private = &self.node.private;
        match self.error {
            Some(_) => {
                let error = local("error");
                quote!(|#error| (&#private::Describe(#error)).__hueless_text())
            }
            None => quote!(#private::no_text),
        }
    }
}

/// The place of the function's own name.
fn blame(path: &ExprPath) -> Span {
    let last = path.path.segments.last();
    last.map_or_else(Span::call_site, |last| last.ident.span())
}

/// The traits that answer for errors that are not `Display`, see [`Ending`].
pub(super) fn imports(node: &Node) -> Option<TokenStream> {
    let says_errors = node.teardown.is_some()
        || node.after_response.is_some()
        || node.lifetime == Lifetime::Singleton;
    let private = &node.private;
    (says_errors && node.output.is_fallible)
        .then(|| quote!(use #private::{DebugText as _, NoText as _};))
}
