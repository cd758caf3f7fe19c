//! What has been found, as small as it can be written.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::case::{Case, tokens};
use super::demands;
use super::outcomes::Outcome::{self, Echoed, Expanded, Nonsense};
use crate::kind::Kind::{self, Dependency, Handler};
use crate::tests::{expand, messages};

fn check(kind: Kind, item: &str, expected: Outcome) {
    let case = Case {
        kind,
        options: TokenStream::new(),
        item: invisible(tokens(item)),
    };
    match demands::check(&case) {
        Ok(outcome) => assert_eq!(outcome, expected, "{case:?}"),
        Err(reason) => panic!("{case:?}\n{reason}"),
    }
}

/// Groups that cannot be seen, in which a macro has what it was given, are written `given!{…}`.
fn invisible(tokens: TokenStream) -> TokenStream {
    let mut all: Vec<TokenTree> = Vec::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            all.push(token);
            continue;
        };
        let is_given = matches!(&all[..], [.., TokenTree::Ident(name), _] if name == "given");
        let delimiter = if is_given {
            all.truncate(all.len() - 2);
            Delimiter::None
        } else {
            group.delimiter()
        };
        all.push(Group::new(delimiter, invisible(group.stream())).into());
    }
    all.into_iter().collect()
}

#[test]
fn what_follows_a_body_belongs_to_no_function() {
    check(Handler, "fn f() {} fn g() {}", Nonsense);
    check(Dependency, "fn f() given!{} > u8 {}", Nonsense);
    check(Handler, "fn f() given!{{ half . }}", Expanded);
}

#[test]
fn marks_that_a_macro_was_given_come_off_a_refused_item() {
    check(
        Handler,
        "fn f(&self, #[given!{depends}] x: Alias) {}",
        Echoed,
    );
    check(Handler, "given!{struct S { #[depends] x: Alias }}", Echoed);
    check(Handler, "struct S { given!{#[depends] x: Alias} }", Echoed);
}

#[test]
fn tokens_do_not_become_a_mark_when_one_comes_off() {
    check(Handler, "fn f(# #[depends] [depends] x: u8) {}", Nonsense);
}

#[test]
fn an_underscore_is_no_name_of_a_field_or_a_parameter() {
    for item in ["struct S { _: u8 }", "fn f<_>() -> u8 {}", "struct S<_> {}"] {
        check(Dependency, item, Expanded);
        let expansion = expand(Dependency, "", item).to_string();
        assert!(
            expansion.contains("unreachable"),
            "{item}: not the fallback"
        );
    }
}

#[test]
fn a_bound_on_a_type_in_angles_is_no_list_of_parameters() {
    check(
        Dependency,
        "fn f(x: Depends<<u8>::Pool>) -> u8 {}",
        Expanded,
    );
}

#[test]
fn a_raw_name_is_the_same_name() {
    check(
        Dependency,
        "fn f<r#C: Clone>(x: Depends<page<C>>) -> u8 {}",
        Expanded,
    );
    check(Handler, "fn f<r#C, r#M>(x: u8) {}", Expanded);
    assert_eq!(messages(expand(Handler, "", "fn r#str() {}")).len(), 1);
}

#[test]
fn an_index_is_the_same_in_another_base() {
    check(Dependency, "fn f() -> Depends<[u8; t . 0xff]> {}", Expanded);
}
