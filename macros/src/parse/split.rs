//! The options of an attribute, apart from each other.

use proc_macro2::{Spacing, TokenStream, TokenTree};

/// The tokens between commas; a comma at the end is allowed.
///
/// ```text
/// // Input:
/// guard, requires(a, b), teardown = close::<A, B>,
///
/// // Output:
/// guard
/// requires(a, b)
/// teardown = close::<A, B>
/// ```
pub(super) fn split_at_commas(options: TokenStream) -> Vec<TokenStream> {
    let mut split = vec![TokenStream::new()];
    let mut within = Within::default();
    for token in options {
        let mark = match &token {
            TokenTree::Punct(punct) => Some((punct.as_char(), punct.spacing())),
            _ => None,
        };
        let ends_option = within.enter(mark) && matches!(mark, Some((',', _)));
        match split.last_mut() {
            // A comma with no option before it stays, for the parser to stumble over.
            Some(option) if !ends_option || option.is_empty() => option.extend([token]),
            _ => split.push(TokenStream::new()),
        }
    }
    split.retain(|option| !option.is_empty());
    split
}

/// What a comma may stand in that is no group of tokens.
#[derive(Default)]
struct Within {
    /// So many `<` are open.
    generics: usize,
    /// The parameters of a closure, which is a mistake, but a single one.
    closure: bool,
    /// The last token starts a `->` or a `=>`.
    starts_arrow: bool,
}

impl Within {
    /// Goes on to the next token, and says whether it stands in neither.
    fn enter(&mut self, mark: Option<(char, Spacing)>) -> bool {
        match mark {
            Some(('<', _)) => self.generics += 1,
            Some(('>', _)) if !self.starts_arrow => {
                self.generics = self.generics.saturating_sub(1);
            }
            Some(('|', _)) => self.closure = !self.closure,
            _ => {}
        }
        self.starts_arrow = matches!(mark, Some(('-' | '=', Spacing::Joint)));
        self.generics == 0 && !self.closure
    }
}
