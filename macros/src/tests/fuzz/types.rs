//! Types, as text.

use proptest::prelude::{BoxedStrategy, Strategy, prop_oneof};
use proptest::sample::select;

use super::parts::mostly;

/// Any type.
pub(super) fn ty() -> BoxedStrategy<String> {
    leaf()
        .prop_recursive(3, 8, 2, |inner| {
            prop_oneof![
                6 => around(&["Depends<@>"], &inner),
                4 => around(USUAL, &inner),
                1 => around(ODD, &inner),
                1 => pair(&inner),
            ]
        })
        .boxed()
}

fn leaf() -> impl Strategy<Value = String> {
    const USUAL: &[&str] = &[
        "u8",
        "()",
        "T",
        "Db",
        "CurrentUser",
        "r#type",
        "::http::Uri",
        "crate::Db",
        "self::Db",
        "T::Item",
        "<T as Has>::Pool",
        "[u8; 4]",
        "[u8; { N + 1 }]",
        "[u8; t.0.0]",
        "*const u8",
        "fn()",
        "unsafe extern \"C\" fn(u8, ...)",
        "for<'b> fn(&'b u8) -> &'b u8",
        "&'static str",
        "Db<'static>",
        "page<100>",
        "page<{ 1 }>",
        "page<-1>",
        "m!()",
        "m! { a b }",
        "str",
    ];
    // Refused in some places, or everywhere.
    const ODD: &[&str] = &[
        "!",
        "&'a str",
        "&mut u8",
        "&str",
        "Cow<'_, str>",
        "Depends",
        "Depends(u8) -> u8",
        "Depends<'a>",
        "Depends<3>",
        "Depends<>",
        "Depends<Item = u8>",
        "Depends<Item: Clone>",
        "Fn(u8) -> u8",
        "Self",
        "Vec<_>",
        "_",
        "dyn 'static",
        "dyn Any + Send",
        "dyn for<'b> Visit<'b>",
        "dyn* Any",
        "impl ?Sized",
        "impl Clone",
        "impl Sized + use<T>",
        "impl Trait<'a> + ?Sized",
        "impl use<> + Sized",
    ];
    mostly(USUAL, ODD).prop_map(str::to_owned)
}

/// Types around one other.
const USUAL: &[&str] = &[
    "Option<@>",
    "Json<@>",
    "Result<@>",
    "io::Result<@>",
    "(@)",
    "(@,)",
    "[@; 3]",
    "hueless::Depends<@>",
    "::hueless::Depends::<@>",
    "(Depends<@>)",
    "Depends<(@)>",
    "Depends<@,>",
    "Box<dyn Fn(@) + Send>",
    "Box<dyn FnOnce() -> @>",
    "fn(@)",
    "fn(name: @, _: u8) -> u8",
    "<@ as Has>::Pool",
    "<@>::Pool",
    "page<@, 3>",
    "[u8; size_of::<@>()]",
    "*mut @",
    "dyn for<'b> Visit<'b, @>",
    "dyn A<@> + B",
];

/// The same, refused in some places or everywhere.
const ODD: &[&str] = &[
    "&'a mut @",
    "&@",
    "A<Item: B<@>>",
    "Depends<'a, @>",
    "Depends<@>::Item",
    "Depends<Item = @>",
    "Option<Depends<@>>",
    "[@]",
    "impl Fn(@) -> u8 + use<'_, T>",
    "impl Iterator<Item = @>",
];

fn around(
    frames: &'static [&'static str],
    inner: &BoxedStrategy<String>,
) -> impl Strategy<Value = String> + use<> {
    let filled = (select(frames), inner.clone());
    filled.prop_map(|(frame, inner)| frame.replace('@', &inner))
}

/// Types around two others.
fn pair(inner: &BoxedStrategy<String>) -> impl Strategy<Value = String> + use<> {
    const FRAMES: &[&str] = &[
        "Result<@, $>",
        "Result<@, $>",
        "(@, $)",
        "Depends<@, $>",
        "fn(@) -> $",
        "Fn(@) -> $",
    ];
    let filled = (select(FRAMES), inner.clone(), inner.clone());
    filled.prop_map(|(frame, first, second)| frame.replace('@', &first).replace('$', &second))
}
