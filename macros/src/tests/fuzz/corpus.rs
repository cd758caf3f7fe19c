//! What the programs of `tests/ui` put the attributes on.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use proptest::prelude::Strategy;
use proptest::sample::select;

use super::case::{self, Case};
use crate::kind::Kind;

/// All uses of the attributes, in an order that does not change.
pub(super) fn read() -> Vec<Case> {
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/ui");
    let mut files = Vec::new();
    for folder in ["pass", "fail"] {
        programs_in(&programs.join(folder), &mut files);
    }
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("the program can be read");
        find(case::tokens(&text), &mut cases);
    }
    assert!(cases.len() > 200, "{} uses in the programs", cases.len());
    cases
}

/// One of `corpus`.
pub(super) fn cases(corpus: &[Case]) -> impl Strategy<Value = Case> + use<> {
    select(corpus.to_vec())
}

/// The item of one with the options of another.
pub(super) fn crossed(corpus: &[Case]) -> impl Strategy<Value = Case> + use<> {
    (cases(corpus), cases(corpus), case::kind()).prop_map(|(item, options, kind)| Case {
        kind,
        options: options.options,
        item: item.item,
    })
}

fn programs_in(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            programs_in(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Finds the attributes, at any depth, and takes what follows each up to a body or a semicolon.
fn find(tokens: TokenStream, cases: &mut Vec<Case>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (position, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else {
            continue;
        };
        find(group.stream(), cases);
        if let Some((kind, options)) = attribute(group) {
            let item = item(&tokens[position + 1..]);
            cases.push(Case {
                kind,
                options,
                item,
            });
        }
    }
}

/// The `handler(…)` of `#[handler(…)]`.
fn attribute(group: &Group) -> Option<(Kind, TokenStream)> {
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let mut tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let options = match tokens.last()? {
        TokenTree::Group(options) => {
            let options = options.stream();
            tokens.pop();
            options
        }
        _ => TokenStream::new(),
    };
    let TokenTree::Ident(name) = tokens.last()? else {
        return None;
    };
    let mut kinds = [Kind::Handler, Kind::Dependency].into_iter();
    let kind = kinds.find(|kind| name == &kind.to_string())?;
    Some((kind, options))
}

/// The item that `tokens` start with. The bodies of functions, which are not read, are left empty,
/// so that the changes come elsewhere.
fn item(tokens: &[TokenTree]) -> TokenStream {
    let mut item: Vec<TokenTree> = Vec::new();
    let mut is_function = false;
    for (position, token) in tokens.iter().enumerate() {
        is_function |= matches!(token, TokenTree::Ident(ident) if ident == "fn");
        let is_argument = matches!(tokens.get(position + 1), Some(TokenTree::Punct(next))
            if matches!(next.as_char(), '>' | ','));
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace && !is_argument => {
                item.push(if is_function {
                    Group::new(Delimiter::Brace, TokenStream::new()).into()
                } else {
                    token.clone()
                });
                break;
            }
            TokenTree::Punct(mark) if mark.as_char() == ';' => {
                item.push(token.clone());
                break;
            }
            _ => item.push(token.clone()),
        }
    }
    item.into_iter().collect()
}
