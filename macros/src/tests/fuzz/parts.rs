//! What functions and structs have in common, as text.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::sample::select;

/// Seldom one of `odd`: what this crate refuses, or Rust itself.
pub(super) fn mostly(
    usual: &'static [&'static str],
    odd: &'static [&'static str],
) -> impl Strategy<Value = &'static str> + Clone {
    prop_oneof![32 => select(usual), 1 => select(odd)]
}

pub(super) fn name() -> impl Strategy<Value = &'static str> {
    const USUAL: &[&str] = &[
        "name", "name", "name", "r#type", "C", "M", "T", "handler", "ä",
    ];
    const ODD: &[&str] = &[
        "str", "r#str", "u8", "Depends", "union", "async", "_", "Self", "",
    ];
    mostly(USUAL, ODD)
}

pub(super) fn visibility() -> impl Strategy<Value = &'static str> {
    const USUAL: &[&str] = &[
        "",
        "",
        "pub",
        "pub(crate)",
        "pub(super)",
        "pub(in crate::a)",
    ];
    const ODD: &[&str] = &["crate", "pub(in super::super)", "pub pub", "pub(x)"];
    mostly(USUAL, ODD)
}

/// What stands on the item.
pub(super) fn item_attributes() -> impl Strategy<Value = String> {
    const USUAL: &[&str] = &[
        "/// Text.\n",
        "/** Text. */",
        "#[allow(dead_code)]",
        "#[cfg(unix)]",
        "#[cfg_attr(unix, allow(unused))]",
        "#[deprecated(note = \"old\")]",
        "#[deprecated]",
        "#[derive(Clone)]",
        "#[doc(hidden)]",
        "#[elsewhere::handler]",
        "#[expect(unused, reason = \"later\")]",
        "#[must_use]",
        "#[tracing::instrument(skip(x))]",
        "#[unsafe(no_mangle)]",
    ];
    const ODD: &[&str] = &[
        "#[allow = 1]",
        "#[cfg_attr(unix, handler)]",
        "#[depends]",
        "#[doc]",
        "#[expect]",
        "#[handler]",
        "#[hueless::dependency(guard)]",
        "#[]",
    ];
    attributes(mostly(USUAL, ODD))
}

/// What stands on a parameter or a field.
pub(super) fn input_attributes() -> impl Strategy<Value = String> {
    const USUAL: &[&str] = &[
        "#[depends]",
        "#[depends]",
        "#[depends]",
        "#[cfg(unix)]",
        "#[cfg(not(unix))]",
        "#[cfg(all(unix, feature = \"a\"))]",
        "#[cfg_attr(unix, allow(x))]",
        "#[allow(unused)]",
        "/// Text.\n",
    ];
    const ODD: &[&str] = &[
        "#[a(#[depends])]",
        "#[a::depends]",
        "#[cfg = 1]",
        "#[cfg()]",
        "#[cfg(a, b)]",
        "#[cfg(feature = \"b\")]",
        "#[cfg(test)]",
        "#[cfg(windows)]",
        "#[cfg]",
        "#[cfg_attr(unix, cfg(test), depends)]",
        "#[cfg_attr(unix, depends)]",
        "#[depends = 1]",
        "#[depends(x)]",
        "#[depends] #[depends]",
        "#[r#depends]",
    ];
    attributes(mostly(USUAL, ODD))
}

fn attributes(one: impl Strategy<Value = &'static str> + Clone) -> impl Strategy<Value = String> {
    prop_oneof![2 => vec(one.clone(), 0..1), 1 => vec(one, 1..3)]
        .prop_map(|attributes| attributes.concat())
}

pub(super) fn generics() -> impl Strategy<Value = String> {
    const USUAL: &[&str] = &[
        "T",
        "T: Clone",
        "T: 'static + ?Sized",
        "T: for<'b> Visit<'b>",
        "T: Fn(u8) -> u8",
        "T:",
        "r#type: Clone",
        "r#C: Clone",
        "#[allow(unused)] U",
        "C",
        "M",
        "const N: usize",
        "const N: bool",
        "const M: &'static str",
    ];
    const ODD: &[&str] = &[
        "'a",
        "'a: 'static",
        "#[cfg(unix)] 'a",
        "#[cfg(unix)] T",
        "#[cfg(unix)] const N: u8",
        "T = T",
        "T: (?Sized) + (Clone)",
        "T: use<>",
        "U: Has<T> = u8",
        "const N: [u8; 3] = [1, 2, 3]",
        "const N: i8 = -1",
        "const N: usize = 3",
        "const N: usize = { 1 + 1 }",
        "T: [const] A",
        "_",
        "T U",
    ];
    let some = (vec(mostly(USUAL, ODD), 0..4), any::<bool>());
    option::weighted(0.3, some).prop_map(|generics| match generics {
        Some((some, true)) if !some.is_empty() => format!("<{},>", some.join(", ")),
        Some((some, _)) => format!("<{}>", some.join(", ")),
        None => String::new(),
    })
}

pub(super) fn clause() -> impl Strategy<Value = &'static str> {
    const USUAL: &[&str] = &[
        "where T: Clone",
        "where T: Clone,",
        "where T: 'static, T:, (): Sized",
        "where Self: Sized",
        "where for<'b> T: Visit<'b>, Vec<T>: Clone",
        "where dyn A + B: C",
        "where [u8; N]: Sized, for<'b> fn(&'b u8): Copy,",
    ];
    const ODD: &[&str] = &[
        "where",
        "where 'a: 'static, T: 'a",
        "where T = u8",
        "where #[cfg(unix)] T: Clone",
        "where T: [const] A",
        "where T: async Fn()",
        "where T: Clone T: Copy",
        "where ,",
    ];
    let clause = mostly(USUAL, ODD);
    option::weighted(0.15, clause).prop_map(Option::unwrap_or_default)
}
