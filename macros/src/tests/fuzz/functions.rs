//! Functions, as text.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

use super::parts::{clause, generics, input_attributes, item_attributes, mostly, name, visibility};
use super::types::ty;

/// A function; now and then a method, or not even that.
pub(super) fn function() -> impl Strategy<Value = String> {
    let head = (
        item_attributes(),
        visibility(),
        qualifiers(),
        name(),
        generics(),
    );
    let output = prop_oneof![
        1 => Just(String::new()),
        5 => ty().prop_map(|ty| format!("-> {ty}")),
    ];
    (head, parameters(), output, clause(), body()).prop_map(
        |(
            (attributes, visibility, qualifiers, name, generics),
            parameters,
            output,
            clause,
            body,
        )| {
            format!(
                "{attributes} {visibility} {qualifiers} fn {name} {generics} {parameters} {output} \
                 {clause} {body}"
            )
        },
    )
}

fn qualifiers() -> impl Strategy<Value = &'static str> {
    const USUAL: &[&str] = &["", "", "async"];
    const ODD: &[&str] = &[
        "async const",
        "async gen",
        "async unsafe",
        "const async",
        "const unsafe extern \"C\"",
        "const",
        "default",
        "extern \"C\"",
        "extern",
        "gen",
        "safe",
        "unsafe extern r\"C\"",
        "unsafe",
    ];
    mostly(USUAL, ODD)
}

fn parameters() -> impl Strategy<Value = String> {
    const RECEIVERS: &[&str] = &[
        "self",
        "&self",
        "mut self: Box<Self>",
        "#[depends] &'a mut self",
    ];
    const VARIADICS: &[&str] = &["...", "_: ...", "#[depends] x: ...", "...,", "..., x: u8"];
    let receiver = option::weighted(0.02, select(RECEIVERS));
    let variadic = option::weighted(0.02, select(VARIADICS));
    let all = (receiver, vec(parameter(), 0..6), variadic, any::<bool>());
    all.prop_map(|(receiver, parameters, variadic, ends_in_comma)| {
        let receiver = receiver.map(str::to_owned).into_iter();
        let all = receiver
            .chain(parameters)
            .chain(variadic.map(str::to_owned));
        let all: Vec<String> = all.collect();
        let comma = if ends_in_comma && !all.is_empty() {
            ","
        } else {
            ""
        };
        format!("({}{comma})", all.join(", "))
    })
}

fn parameter() -> impl Strategy<Value = String> {
    const USUAL: &[&str] = &[
        "x",
        "y",
        "mut x",
        "_",
        "r#fn",
        "Path(id)",
        "(a, b)",
        "Page { size, .. }",
        "[a, .., b]",
        "&x",
        "ref x",
        "x @ Some(_)",
        "(A | B)",
        "m!()",
        "Json::<u8>(x)",
    ];
    const ODD: &[&str] = &[
        "",
        "A | B",
        "1..=9",
        "self",
        "..",
        "-1",
        "const { 1 }",
        "box x",
        "fn",
        "x y",
    ];
    let parameter = (input_attributes(), mostly(USUAL, ODD), ty());
    prop_oneof![
        40 => parameter.prop_map(|(attributes, pattern, ty)| format!("{attributes} {pattern}: {ty}")),
        1 => ty(),
    ]
}

fn body() -> impl Strategy<Value = &'static str> {
    const USUAL: &[&str] = &[
        "{}",
        "{ x.y() }",
        "{ #![allow(unused)] 1 }",
        "{ let half = x . ; @ }",
        "{ fn g(#[depends] x: u8) {} }",
    ];
    const ODD: &[&str] = &[
        ";",
        "",
        "{} {}",
        "= 1;",
        "{} fn g() {}",
        "[]",
        "-> u8 {}",
        "{};",
    ];
    mostly(USUAL, ODD)
}
