//! What is demanded of every expansion.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;
use syn::{Attribute, FnArg, Item};

use super::case::Case;
use super::kept;
use super::names::{are_unique, declared_twice};
use super::outcomes::Outcome;
use crate::entry;
use crate::tests::messages;

macro_rules! demand {
    ($holds:expr, $($otherwise:tt)+) => {
        if !$holds {
            return Err(format!($($otherwise)+));
        }
    };
}

/// Expands a case, and says what is wrong with the expansion:
///
/// - a panic, which the entry would turn into a message;
/// - an item that did not come out as it was written, but for the marks of this crate;
/// - a message that is empty;
/// - no valid Rust, although the item was;
/// - a generic parameter that is declared twice;
/// - no message, although the item was no Rust; or anything but messages beside it;
/// - a difference between two expansions of the same.
pub(super) fn check(case: &Case) -> Result<Outcome, String> {
    let expansion = expand(case);
    let messages = messages(expansion.clone());
    for message in &messages {
        demand!(!message.trim().is_empty(), "an empty message");
        demand!(!message.contains("panicked"), "{message}");
    }
    let text = expansion.to_string();
    demand!(text == expand(case).to_string(), "not deterministic");
    let Some(beside) = kept::beside(&case.item, &expansion) else {
        return Err(format!("the item is lost in\n{text}"));
    };
    if syn::parse2::<Item>(case.item.clone()).is_ok() {
        let file = syn::parse2::<syn::File>(expansion);
        let file = file.map_err(|error| format!("no Rust: {error}\n{text}"))?;
        if let Some(item) = file.items.first() {
            demand!(!has_mark(item), "a mark is left in\n{text}");
            if let (true, Some(name)) = (are_unique(item), declared_twice(&file.items)) {
                return Err(format!("`{name}` is declared twice in\n{text}"));
            }
        }
        return Ok(match (messages.len(), file.items.len()) {
            (0, _) => Outcome::Expanded,
            (messages, items) if items > messages + 1 => Outcome::Refused,
            _ => Outcome::Echoed,
        });
    }
    if let Some(item) = without_body(&case.item) {
        // The body is rustc's to report, and changes nothing.
        let case = Case {
            item,
            ..case.clone()
        };
        let same = kept::beside(&case.item, &expand(&case));
        demand!(
            Some(beside) == same,
            "what stands beside depends on the body:\n{text}"
        );
        return check(&case);
    }
    let errors = messages
        .iter()
        .map(|message| quote!(::core::compile_error! { #message }));
    let errors = kept::atoms(&errors.collect());
    demand!(!errors.is_empty(), "no message:\n{text}");
    demand!(beside == errors, "more than messages:\n{text}");
    Ok(Outcome::Nonsense)
}

fn expand(case: &Case) -> TokenStream {
    entry::run(case.kind, case.options.clone(), case.item.clone())
}

/// The function with nothing in its body; `None` if that is no function either.
fn without_body(item: &TokenStream) -> Option<TokenStream> {
    let mut tokens: Vec<TokenTree> = item.clone().into_iter().collect();
    if !is_block(&tokens.pop()?) {
        return None;
    }
    tokens.push(Group::new(Delimiter::Brace, TokenStream::new()).into());
    let item: TokenStream = tokens.into_iter().collect();
    let is_function = matches!(syn::parse2(item.clone()), Ok(Item::Fn(_)));
    is_function.then_some(item)
}

/// Also one that a macro was given.
fn is_block(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    let mut inner = group.stream().into_iter();
    match group.delimiter() {
        Delimiter::Brace => true,
        Delimiter::None => {
            matches!((inner.next(), inner.next()), (Some(token), None) if is_block(&token))
        }
        Delimiter::Parenthesis | Delimiter::Bracket => false,
    }
}

/// Whether a parameter or a field is marked `#[depends]`, which rustc does not know.
fn has_mark(item: &Item) -> bool {
    let is_mark = |attr: &Attribute| attr.path().is_ident("depends");
    match item {
        Item::Fn(function) => function.sig.inputs.iter().any(|parameter| match parameter {
            FnArg::Receiver(receiver) => receiver.attrs.iter().any(is_mark),
            FnArg::Typed(parameter) => parameter.attrs.iter().any(is_mark),
        }),
        Item::Struct(structure) => {
            let mut fields = structure.fields.iter();
            fields.any(|field| field.attrs.iter().any(is_mark))
        }
        _ => false,
    }
}
