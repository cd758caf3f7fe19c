//! Structs, as text.

use proptest::collection::vec;
use proptest::prelude::Strategy;

use super::parts::{clause, generics, input_attributes, item_attributes, mostly, name, visibility};
use super::types::ty;

/// A struct, mostly with named fields.
pub(super) fn structure() -> impl Strategy<Value = String> {
    // `@` stands for the `where` clause, `$` for the fields.
    const USUAL: &[&str] = &["@ { $ }"];
    const ODD: &[&str] = &[
        "",
        ";",
        "= u8;",
        "($) @;",
        "(u8, #[depends] pub Db) @;",
        "@ ;",
        "@ { .. }",
        "@ { $ };",
        "@ { x: struct { y: u8 } }",
        "{ $ } @",
    ];
    let head = (item_attributes(), visibility(), name(), generics());
    let fields = vec(field(), 0..6).prop_map(|fields| fields.join(", "));
    (head, mostly(USUAL, ODD), clause(), fields).prop_map(
        |((attributes, visibility, name, generics), shape, clause, fields)| {
            let shape = shape.replace('@', clause).replace('$', &fields);
            format!("{attributes} {visibility} struct {name} {generics} {shape}")
        },
    )
}

fn field() -> impl Strategy<Value = String> {
    const USUAL: &[&str] = &["x:", "y:", "z:", "r#type:"];
    const ODD: &[&str] = &[
        "",
        "0:",
        "_:",
        "mut x:",
        "self:",
        "unsafe x:",
        "x y:",
        "x: u8 = 1, y:",
    ];
    let field = (input_attributes(), visibility(), mostly(USUAL, ODD), ty());
    field.prop_map(|(attributes, visibility, name, ty)| {
        format!("{attributes} {visibility} {name} {ty}")
    })
}
