//! A type as a person writes it, for messages and pictures.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The text of a type: `Query<Vec<u8>>`, where printing its tokens gives `Query < Vec < u8 > >`.
pub(crate) fn text(ty: impl ToTokens) -> String {
    let mut text = String::new();
    push(&mut text, ty.into_token_stream());
    text
}

fn push(text: &mut String, tokens: TokenStream) {
    let mut after_minus = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                push(text, group.stream());
                text.push_str(close);
            }
            TokenTree::Ident(word) => push_word(text, &word.to_string()),
            TokenTree::Literal(word) => push_word(text, &word.to_string()),
            TokenTree::Punct(punct) => {
                let mark = punct.as_char();
                match mark {
                    ',' | ';' => text.extend([mark, ' ']),
                    '=' | '+' => text.extend([' ', mark, ' ']),
                    '-' if punct.spacing() == Spacing::Joint => text.push_str(" -"),
                    '>' if after_minus => text.push_str("> "),
                    _ => text.push(mark),
                }
                after_minus = mark == '-';
            }
        }
    }
}

/// Two words need a space between them: `dyn Read`.
fn push_word(text: &mut String, word: &str) {
    if text.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
        text.push(' ');
    }
    text.push_str(word);
}
