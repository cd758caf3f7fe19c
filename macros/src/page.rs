//! The page of errors in the guide, and where on it each message is explained.

use std::fmt::Display;

const PAGE: &str = "https://docs.rs/hueless/0.1/hueless/guide/errors/index.html";

/// Words of a message, and the anchor above its heading. The first that fits counts: what is more exact
/// stands first.
const HEADINGS: &[(&str, &str)] = &[
    ("panicked on this item", "bug"),
    ("under another name", "alias"),
    ("`cfg_attr` cannot decide", "mark"),
    ("`#[depends]`", "mark"),
    ("inside of another type", "depends"),
    ("cannot have lifetimes", "borrow"),
    ("cannot borrow", "borrow"),
    ("`impl Trait` as a parameter", "unnamed"),
    ("cannot take `impl Trait`", "unnamed"),
    ("cannot be conditional", "cfg"),
    ("conditions", "cfg"),
    ("has to return", "no-value"),
    ("cannot return `impl Trait`", "impl-trait"),
    ("`impl Trait`", "impl-trait"),
    ("cannot be a method", "function"),
    ("needs a body", "function"),
    ("cannot be `const`", "function"),
    ("cannot be `unsafe`", "function"),
    ("cannot be `extern", "function"),
    ("cannot be variadic", "function"),
    ("would hide the primitive type", "name"),
    ("goes on", "place"),
    ("given twice", "place"),
    ("not both", "place"),
    ("needs named fields", "place"),
    ("belongs on", "options"),
    ("unknown option", "options"),
    ("expected an option", "options"),
    ("duplicate option", "options"),
    ("is named twice", "options"),
    ("`routes!`", "not-registered"),
    ("takes", "values"),
    ("a time is", "values"),
    ("is no unit", "values"),
    ("leaves no time", "values"),
    ("is longer than", "values"),
    ("lets no value live", "values"),
    ("follow `::`", "values"),
    ("needs a", "values"),
    ("needs the", "values"),
    ("is at most", "values"),
    ("is at least", "values"),
    ("expected", "values"),
];

/// Where all else is explained: what of an attribute contradicts what.
const OTHERS: &str = "contradictions";

/// A message with a link to what explains it.
pub(crate) fn linked(message: impl Display) -> String {
    let message = message.to_string();
    let heading = HEADINGS
        .iter()
        .find(|(words, _)| message.contains(words))
        .map_or(OTHERS, |(_, heading)| heading);
    format!("{message}\nsee {PAGE}#{heading}")
}
