//! Functions and structs of all syntax that Rust has, as text; now and then another item.

use proptest::prelude::{Strategy, prop_oneof};
use proptest::sample::select;

use super::case::{self, Case};
use super::functions::function;
use super::options::options;
use super::structs::structure;

/// An attribute with options on an item.
pub(super) fn cases() -> impl Strategy<Value = Case> {
    let item = prop_oneof![
        24 => function(),
        8 => structure(),
        1 => select(OTHERS).prop_map(str::to_owned),
    ];
    (case::kind(), options(), item).prop_map(|(kind, options, item)| Case {
        kind,
        options: case::tokens(&options),
        item: case::tokens(&item),
    })
}

/// Other items, and what is none.
const OTHERS: &[&str] = &[
    "",
    "#![inner] fn f() {}",
    "#[depends]",
    "async {}",
    "auto trait A {}",
    "const X: u8 = 1;",
    "const _: () = {};",
    "const fn",
    "default fn f() {}",
    "enum E { A(#[depends] u8) }",
    "extern \"C\" { fn f(x: u8, ...); }",
    "extern crate core;",
    "fn f",
    "impl S { fn f(#[depends] &self) {} }",
    "let x = 1;",
    "m! { a b }",
    "m!();",
    "macro m() {}",
    "macro_rules! m { () => {} }",
    "mod a { }",
    "mod a;",
    "pub",
    "static fn f() {}",
    "static mut X: u8 = 1;",
    "struct",
    "trait A { fn f(); }",
    "trait A = B;",
    "type A = u8;",
    "union U { #[depends] x: u8 }",
    "union",
    "unsafe extern \"C\" { safe fn f(); }",
    "unsafe impl<T> Send for S<T> {}",
    "unsafe",
    "use a::{b, c};",
    "x + 1",
    "|x| x",
];
