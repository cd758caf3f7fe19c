//! Whatever is wrong, the user's item comes out.

use quote::ToTokens as _;

use super::{expand, messages};
use crate::kind::Kind::{self, Dependency, Handler};
use crate::model::text;
use crate::parse::strip_marks;

/// Expands a wrong item and checks that it comes out, told off and otherwise untouched.
fn check(kind: Kind, options: &str, item: &str) {
    let expansion = expand(kind, options, item);
    assert!(
        !messages(expansion.clone()).is_empty(),
        "{item}: no message"
    );
    let kept = strip_marks(item.parse().expect("the test's item has tokens"));
    // Two token streams of one text may differ in the spaces they print.
    let [kept, emitted] = [&kept, &expansion].map(|tokens| tokens.to_string().replace(' ', ""));
    assert!(emitted.starts_with(&kept), "{item}: lost in\n{expansion}");
}

#[test]
fn items_that_are_no_functions_are_kept() {
    check(Handler, "", "struct S { #[depends] x: u8 }");
    check(Dependency, "", "enum E { A }");
    check(Dependency, "", "struct T(u8);");
    check(Dependency, "", "struct U;");
    check(Dependency, "", "impl S {}");
    check(Handler, "", "const X: u8 = 1;");
    check(Handler, "", "unsafe impl Send for S {}");
    check(Handler, "", "extern crate core;");
}

#[test]
fn functions_that_cannot_be_expanded_are_kept() {
    check(
        Handler,
        "",
        "fn method(&self, #[depends] user: CurrentUser) {}",
    );
    check(Handler, "", "fn provided(x: u8);");
    check(Handler, "", "fn str() {}");
    check(Handler, "", "#[dependency] fn both() {}");
    check(Dependency, "", "#[hueless::dependency] fn twice() {}");
    check(
        Dependency,
        "3",
        "const unsafe fn wrong<'a, T: A<'a>>(x: &'a T) -> impl Sized {}",
    );
}

#[test]
fn attributes_of_other_crates_with_our_names_are_left_alone() {
    let expansion = expand(Handler, "", "#[elsewhere::handler] fn h() {}");
    assert_eq!(messages(expansion), Vec::<String>::new());
}

#[test]
fn a_body_is_not_parsed() {
    let body = "{ let half = x . ; @ }";
    let expansion = expand(Handler, "", &format!("fn h(x: u8) {body}"));
    assert!(expansion.to_string().contains(body), "{expansion}");
}

#[test]
fn what_rustc_reports_is_not_reported_again() {
    for item in [
        "fn d() -> &str {}",
        "fn d(x: Depends) -> u8 {}",
        "fn d(x: Vec<_>) -> u8 {}",
    ] {
        let expansion = expand(Dependency, "", item);
        assert_eq!(messages(expansion.clone()), Vec::<String>::new(), "{item}");
        assert!(
            !expansion.to_string().contains("Extract"),
            "{item}: not the fallback"
        );
    }
}

#[test]
fn types_are_shown_as_they_are_written() {
    for written in [
        "Query<Vec<u8>>",
        "Box<dyn Fn(&'static str, u8) -> Option<T> + Send>",
        "[u8; 4]",
        "<T as Has>::Pool",
        "(A, *const B)",
    ] {
        let ty: syn::Type = syn::parse_str(written).expect("the test's type parses");
        assert_eq!(text(ty.to_token_stream()), written);
    }
}
