//! An attribute on an item.

use std::fmt::{self, Write as _};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use proptest::prelude::{Just, Strategy, prop_oneof};

use crate::kind::Kind;

/// An attribute on an item, as rustc hands them over.
#[derive(Clone)]
pub(super) struct Case {
    pub(super) kind: Kind,
    pub(super) options: TokenStream,
    pub(super) item: TokenStream,
}

/// Either attribute.
pub(super) fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![Just(Kind::Dependency), Just(Kind::Handler)]
}

/// Tokens of what a generator wrote.
pub(super) fn tokens(text: &str) -> TokenStream {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// As a person would write it, but with `⟦…⟧` for the groups that cannot be seen.
impl fmt::Debug for Case {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kind,
            options,
            item,
        } = self;
        write!(formatter, "#[{kind}(")?;
        show(formatter, options)?;
        writeln!(formatter, ")]")?;
        show(formatter, item)
    }
}

fn show(formatter: &mut fmt::Formatter<'_>, tokens: &TokenStream) -> fmt::Result {
    let mut is_joint = true;
    for token in tokens.clone() {
        if !is_joint {
            formatter.write_char(' ')?;
        }
        is_joint = matches!(&token, TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint);
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ('(', ')'),
                    Delimiter::Brace => ('{', '}'),
                    Delimiter::Bracket => ('[', ']'),
                    Delimiter::None => ('⟦', '⟧'),
                };
                formatter.write_char(open)?;
                show(formatter, &group.stream())?;
                formatter.write_char(close)?;
            }
            other => write!(formatter, "{other}")?,
        }
    }
    Ok(())
}
