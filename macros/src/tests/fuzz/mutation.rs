//! A few tokens changed.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::Index;

use super::case::{self, Case};
use super::{types, wild};

/// A change at one token tree.
#[derive(Clone, Debug)]
enum Change {
    Delete,
    Duplicate,
    /// With what follows it.
    Swap,
    Replace(Vec<TokenTree>),
    Insert(Vec<TokenTree>),
    /// By another tree of the same tokens.
    Repeat(Index),
    Wrap(Delimiter),
    /// Of a group only the tokens in it.
    Unwrap,
}

/// The cases with one to three changes, mostly in the item.
pub(super) fn of(cases: impl Strategy<Value = Case>) -> impl Strategy<Value = Case> {
    let change = prop_oneof![
        2 => Just(Change::Delete),
        2 => Just(Change::Duplicate),
        1 => Just(Change::Swap),
        2 => tokens().prop_map(Change::Replace),
        2 => tokens().prop_map(Change::Insert),
        3 => any::<Index>().prop_map(Change::Repeat),
        // What a macro of the user's was given comes in a group that cannot be seen.
        4 => Just(Change::Wrap(Delimiter::None)),
        1 => wild::delimiter().prop_map(Change::Wrap),
        1 => Just(Change::Unwrap),
    ];
    let is_in_options = prop_oneof![4 => Just(false), 1 => Just(true)];
    let change = (is_in_options, any::<Index>(), change);
    let changes = prop_oneof![2 => vec(change.clone(), 1), 1 => vec(change, 2..=3)];
    (cases, changes).prop_map(|(mut case, changes)| {
        for (is_in_options, place, change) in changes {
            let tokens = if is_in_options {
                &mut case.options
            } else {
                &mut case.item
            };
            let count = count(tokens);
            if count > 0 {
                let change = match change {
                    Change::Repeat(other) => {
                        let mut other = Some(other.index(count));
                        Change::Replace(tree(tokens, &mut other).into_iter().collect())
                    }
                    change => change,
                };
                *tokens = changed(tokens.clone(), &mut Some(place.index(count)), &change);
            }
        }
        case
    })
}

/// What comes in: from anywhere, or a type.
fn tokens() -> impl Strategy<Value = Vec<TokenTree>> {
    let ty = types::ty().prop_map(|ty| case::tokens(&ty).into_iter().collect());
    prop_oneof![wild::tree(), ty]
}

/// The tree of the number `place`.
fn tree(tokens: &TokenStream, place: &mut Option<usize>) -> Option<TokenTree> {
    for token in tokens.clone() {
        match place {
            Some(0) => {
                *place = None;
                return Some(token);
            }
            Some(left) => *left -= 1,
            None => return None,
        }
        if let TokenTree::Group(group) = token
            && let Some(found) = tree(&group.stream(), place)
        {
            return Some(found);
        }
    }
    None
}

/// How many trees there are, at any depth.
fn count(tokens: &TokenStream) -> usize {
    let trees = tokens.clone().into_iter();
    trees
        .map(|token| match token {
            TokenTree::Group(group) => 1 + count(&group.stream()),
            _ => 1,
        })
        .sum()
}

/// `tokens` with a change at the tree of the number `place`, which is taken when it is found.
fn changed(tokens: TokenStream, place: &mut Option<usize>, change: &Change) -> TokenStream {
    let mut changed_tokens: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match place {
            Some(0) => {
                *place = None;
                changed_tokens.extend(apply(change, token, tokens.next()));
            }
            Some(left) => {
                *left -= 1;
                changed_tokens.push(match token {
                    TokenTree::Group(group) => {
                        let inner = changed(group.stream(), place, change);
                        Group::new(group.delimiter(), inner).into()
                    }
                    other => other,
                });
            }
            None => changed_tokens.push(token),
        }
    }
    changed_tokens.into_iter().collect()
}

fn apply(change: &Change, token: TokenTree, next: Option<TokenTree>) -> Vec<TokenTree> {
    let changed = match change {
        Change::Delete => vec![],
        Change::Duplicate => vec![token.clone(), token],
        Change::Swap => return next.into_iter().chain([token]).collect(),
        Change::Replace(tokens) => tokens.clone(),
        Change::Insert(tokens) => tokens.iter().cloned().chain([token]).collect(),
        Change::Repeat(_) => unreachable!("it was replaced by the tree it repeats"),
        Change::Wrap(Delimiter::None) if is_never_given(&token) => vec![token],
        Change::Wrap(delimiter) => vec![Group::new(*delimiter, token.into()).into()],
        Change::Unwrap => match token {
            TokenTree::Group(group) => group.stream().into_iter().collect(),
            other => vec![other],
        },
    };
    changed.into_iter().chain(next).collect()
}

/// Whether no macro can be given `token` alone such that a group is around it.
fn is_never_given(token: &TokenTree) -> bool {
    match token {
        TokenTree::Punct(_) => true,
        TokenTree::Ident(ident) => ident == "struct" || ident == "fn",
        TokenTree::Group(_) | TokenTree::Literal(_) => false,
    }
}
