//! Any tokens.

use proc_macro2::{Delimiter, Group, Literal, Punct, Spacing, TokenStream, TokenTree};
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::select;

use super::{case, types};

/// What has a meaning to Rust or to this crate, and what has none.
const WORDS: &str = "\
    _ abstract as async auto await become box break const continue crate default do dyn else \
    enum extern false final fn for gen if impl in let loop macro macro_rules match mod move \
    mut override priv pub raw ref return safe self Self static struct super trait true try \
    type typeof union unsafe unsized use virtual where while yield r#async r#fn r#struct \
    r#type r#x r#depends r#guard after after_response cpu executor guard inline limit queue requires \
    seat sequential singleton teardown timeout transient allow cfg cfg_attr dependency depends \
    deprecated doc expect handler hueless Depends Result C M T u8 str x ä";

/// Literals of all kinds.
const LITERALS: &[&str] = &[
    "0",
    "1u8",
    "0xff",
    "1_000",
    "99999999999999999999999999999999999999999",
    "1.0",
    "2.",
    "1e5f32",
    "1suffix",
    "\"\"",
    "\"5s\"",
    "\"text\"suffix",
    "r#\"raw\"#",
    "b\"bytes\"",
    "br\"raw\"",
    "b'b'",
    "'c'",
    "'\\u{1F600}'",
    "c\"text\"",
    "cr\"raw\"",
];

/// Marks of several characters, lifetimes, and what often stands together.
const PHRASES: &[&str] = &[
    "->",
    "=>",
    "::",
    "..",
    "...",
    "..=",
    "&&",
    "||",
    "<<",
    ">>",
    "+=",
    "== ",
    "'a",
    "'static",
    "'_",
    "'r#a",
    "/// text\n",
    "//! text\n",
    "#[depends]",
    "#[cfg(unix)]",
    "#![allow(unused)]",
    "fn name",
    "struct Name",
    "pub(crate)",
    "x: u8,",
    "where T: Clone",
    "<T>",
    "for<'a>",
    "extern \"C\"",
    "m!{}",
    "requires(a)",
    "crate = ::a",
    "timeout = \"5s\"",
    "limit = 8",
];

/// Tokens for an item, which now and then start like one.
pub(super) fn items() -> impl Strategy<Value = TokenStream> {
    let frames = select(vec![
        "",
        "fn name (@)",
        "async fn name (x: @) -> @ {}",
        "#[@] pub(@) fn name <@> (#[depends] x: @, #[@] @) -> @ where @ {}",
        "fn name (@: Depends<@>, x: u8) {}",
        "@ fn name () -> Result<@, @> {}",
        "fn name () -> u8 {} @",
        "pub struct Name<@> where @ { x: @, #[depends] y: Db, @ }",
        "struct Name { #[@] x: Depends<@> }",
    ]);
    // Every `@` is the next of them.
    (frames, vec(few(), 8), tokens()).prop_map(|(frame, holes, all)| {
        if frame.is_empty() {
            return all;
        }
        fill(case::tokens(frame), &mut holes.into_iter())
    })
}

fn fill(frame: TokenStream, holes: &mut impl Iterator<Item = Vec<TokenTree>>) -> TokenStream {
    let mut filled = Vec::new();
    for token in frame {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '@' => {
                filled.extend(holes.next().unwrap_or_default());
            }
            TokenTree::Group(group) => {
                filled.push(Group::new(group.delimiter(), fill(group.stream(), holes)).into());
            }
            other => filled.push(other),
        }
    }
    filled.into_iter().collect()
}

/// Any tokens; more often a word, or nothing.
fn few() -> impl Strategy<Value = Vec<TokenTree>> {
    prop_oneof![
        2 => Just(vec![]),
        4 => written(words()),
        2 => types::ty().prop_map(|ty| case::tokens(&ty).into_iter().collect()),
        2 => some(tree()),
    ]
}

/// A few token trees, nested.
pub(super) fn tokens() -> impl Strategy<Value = TokenStream> {
    some(tree()).prop_map(|tokens| tokens.into_iter().collect())
}

/// One token tree, or a few that belong together.
pub(super) fn tree() -> BoxedStrategy<Vec<TokenTree>> {
    leaf()
        .prop_recursive(4, 48, 8, |inner| {
            prop_oneof![
                1 => inner.clone(),
                2 => (delimiter(), some(inner)).prop_map(|(delimiter, tokens)| {
                    vec![Group::new(delimiter, tokens.into_iter().collect()).into()]
                }),
            ]
        })
        .boxed()
}

/// Any pair of delimiters, also the one that cannot be seen.
pub(super) fn delimiter() -> impl Strategy<Value = Delimiter> {
    select(vec![
        Delimiter::Parenthesis,
        Delimiter::None,
        Delimiter::Bracket,
        Delimiter::Brace,
    ])
}

fn some(trees: BoxedStrategy<Vec<TokenTree>>) -> impl Strategy<Value = Vec<TokenTree>> {
    vec(trees, 0..12).prop_map(|trees| trees.concat())
}

fn leaf() -> impl Strategy<Value = Vec<TokenTree>> {
    let negative = vec![Literal::i32_unsuffixed(-1).into()];
    prop_oneof![
        8 => written(words()),
        3 => written(LITERALS.to_vec()),
        4 => written(PHRASES.to_vec()),
        4 => punct(),
        1 => Just(negative),
    ]
}

fn words() -> Vec<&'static str> {
    WORDS.split(' ').collect()
}

fn written(texts: Vec<&'static str>) -> impl Strategy<Value = Vec<TokenTree>> {
    select(texts).prop_map(|text| case::tokens(text).into_iter().collect())
}

fn punct() -> impl Strategy<Value = Vec<TokenTree>> {
    let marks: Vec<char> = ",;:=<>#&+-*/%^!|@.?$~'".chars().collect();
    (select(marks), any::<bool>()).prop_map(|(mark, is_joint)| {
        let spacing = if is_joint {
            Spacing::Joint
        } else {
            Spacing::Alone
        };
        vec![Punct::new(mark, spacing).into()]
    })
}
