//! Whether an item came out as it was written.
//!
//! It is compared token by token, but for what says the same: spaces, groups that cannot be seen,
//! `0.0` in `t.0.0`, which is one token or three, and `0x10` in `t.0x10`, which syn prints as `16`.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ItemStruct, LitInt};

use crate::parse::Function;

/// A token, or one end of a group.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    text: String,
    /// Where a mark may be taken off: among parameters or fields.
    may_be_marked: bool,
}

impl PartialEq for Atom {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// What follows the item in `expansion`; `None` if the item did not come out.
pub(super) fn beside(item: &TokenStream, expansion: &TokenStream) -> Option<Vec<Atom>> {
    let expansion = atoms(expansion);
    // What was expanded starts with an `#[allow(…)]` of the macro's.
    let allowed = attribute_end(&expansion, 0).unwrap_or(0);
    let mut spellings = vec![atoms(item)];
    spellings.extend(printed(item));
    spellings
        .iter()
        .find_map(|item| follow(item, &expansion).or_else(|| follow(item, &expansion[allowed..])))
}

/// The item as syn prints it, and without the `...` of a variadic function, which is dropped beside a
/// message: rustc would report it in two more ways.
fn printed(item: &TokenStream) -> Vec<Vec<Atom>> {
    let written = atoms(item);
    let mut spellings = Vec::new();
    if let Ok(mut function) = syn::parse2::<Function>(item.clone()) {
        spellings.push(atoms(&function.to_token_stream()));
        if says_the_same(&written, &spellings[0]) && function.sig.variadic.take().is_some() {
            spellings.push(atoms(&function.to_token_stream()));
            return spellings;
        }
    } else if let Ok(structure) = syn::parse2::<ItemStruct>(item.clone()) {
        spellings.push(atoms(&structure.to_token_stream()));
    }
    spellings.retain(|printed| says_the_same(&written, printed));
    spellings
}

/// Whether syn changed no more than it is known to: it leaves out an empty `<>` or `where`, prints
/// lifetimes before other parameters, and calls a parameter `_` that has no name, which rustc has
/// reported.
fn says_the_same(written: &[Atom], printed: &[Atom]) -> bool {
    let sorted = |atoms: &[Atom], but: &[&str]| {
        let texts = atoms.iter().map(|atom| atom.text.clone());
        let mut texts: Vec<String> = texts.filter(|text| !but.contains(&text.as_str())).collect();
        texts.sort();
        texts
    };
    let but = ["<", ">", "where", ",", "_", ":"];
    sorted(written, &but) == sorted(printed, &but)
}

/// All tokens of `tokens`, in the order they are written.
pub(super) fn atoms(tokens: &TokenStream) -> Vec<Atom> {
    let is_struct = tokens
        .clone()
        .into_iter()
        .any(|token| matches!(&token, TokenTree::Ident(ident) if ident == "struct"));
    let mut atoms = Vec::new();
    for token in tokens.clone() {
        let may_be_marked = matches!(&token, TokenTree::Group(group)
            if is_struct || matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::None));
        push(&mut atoms, token, may_be_marked);
    }
    atoms
}

fn push(atoms: &mut Vec<Atom>, token: TokenTree, may_be_marked: bool) {
    let push_text = |atoms: &mut Vec<Atom>, text: &str| {
        atoms.push(Atom {
            text: text.to_owned(),
            may_be_marked,
        });
    };
    match token {
        TokenTree::Group(group) => {
            let (open, close) = match group.delimiter() {
                Delimiter::Parenthesis => ("(", ")"),
                Delimiter::Brace => ("{", "}"),
                Delimiter::Bracket => ("[", "]"),
                Delimiter::None => ("", ""),
            };
            if !open.is_empty() {
                push_text(atoms, open);
            }
            for token in group.stream() {
                push(atoms, token, may_be_marked);
            }
            if !close.is_empty() {
                push_text(atoms, close);
            }
        }
        TokenTree::Literal(literal) => {
            let text = literal.to_string();
            if text.starts_with(|first: char| first.is_ascii_digit()) {
                let parts = text.split_inclusive('.');
                for part in parts {
                    let number = part.trim_end_matches('.');
                    match syn::parse_str::<LitInt>(number) {
                        Ok(integer) => {
                            let (digits, suffix) = (integer.base10_digits(), integer.suffix());
                            push_text(atoms, &format!("{digits}{suffix}"));
                        }
                        Err(_) => push_text(atoms, number),
                    }
                    if number.len() < part.len() {
                        push_text(atoms, ".");
                    }
                }
            } else {
                push_text(atoms, &text);
            }
        }
        other => push_text(atoms, &other.to_string()),
    }
}

/// What follows `item` in `expansion`, which may leave out marks.
fn follow(item: &[Atom], mut expansion: &[Atom]) -> Option<Vec<Atom>> {
    let mut position = 0;
    while position < item.len() {
        let mark = mark_end(item, position);
        let end = mark.unwrap_or(position + 1);
        match expansion.strip_prefix(&item[position..end]) {
            Some(rest) => expansion = rest,
            None if mark.is_some() => {}
            None => return None,
        }
        position = end;
    }
    Some(expansion.to_vec())
}

/// The end of the mark that starts at `start`: `#[depends]`, or a `cfg_attr` that brings it.
fn mark_end(item: &[Atom], start: usize) -> Option<usize> {
    let end = attribute_end(item, start).filter(|_| item[start].may_be_marked)?;
    let written = |text: &str| item[start..end].iter().any(|atom| atom.text == text);
    let name = &item[start + 2].text;
    (name == "depends" || name == "cfg_attr" && written("depends")).then_some(end)
}

fn attribute_end(atoms: &[Atom], start: usize) -> Option<usize> {
    let is =
        |position: usize, text: &str| atoms.get(position).is_some_and(|atom| atom.text == text);
    if !is(start, "#") || !is(start + 1, "[") {
        return None;
    }
    let mut depth = 0;
    for (position, atom) in atoms.iter().enumerate().skip(start + 1) {
        match atom.text.as_str() {
            "[" => depth += 1,
            "]" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(position + 1);
        }
    }
    None
}
