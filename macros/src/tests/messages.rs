//! What each mistake is told.

use expect_test::{Expect, expect};

use super::{expand, messages};
use crate::kind::Kind::{self, Dependency, Handler};

fn check(kind: Kind, options: &str, item: &str, expected: &Expect) {
    let messages = messages(expand(kind, options, item));
    expected.assert_eq(&messages.join("\n"));
}

#[test]
fn unknown_options_are_told_the_known_ones() {
    check(
        Handler,
        "sometimes = 3, inline",
        "fn h() {}",
        &expect![
            "unknown option `sometimes`; the options of `#[handler]` are `inline`, `cpu`, `sequential`, `requires`, `after`, `crate`"
        ],
    );
}

#[test]
fn options_of_later_versions_are_known_by_name() {
    check(
        Dependency,
        "teardown = close, limit = 3",
        "fn d() -> u8 { 1 }",
        &expect![[r"
            `teardown` is not available in this version of hueless
            `limit` is not available in this version of hueless"]],
    );
}

#[test]
fn options_of_the_other_attribute_are_told_so() {
    check(
        Handler,
        "guard",
        "fn h() {}",
        &expect!["`guard` belongs on a dependency; remove it from `#[handler]`"],
    );
}

#[test]
fn a_second_option_of_a_name_is_a_duplicate() {
    check(
        Dependency,
        "inline, inline, requires(a), requires(b)",
        "fn d() -> u8 { 1 }",
        &expect![[r"
            duplicate option `inline`; keep the first `inline`
            duplicate option `requires`; put all names into the first `requires(…)`"]],
    );
}

#[test]
fn malformed_options_are_told_their_form() {
    check(
        Dependency,
        "inline = true, requires, after = a, crate = self::x, 3",
        "fn d() -> u8 { 1 }",
        &expect![[r"
            `inline` takes no value; write `inline`
            `requires` takes names of dependencies; write `requires(name)`
            `after` takes names of dependencies; write `after(name)`
            `crate` takes an absolute path; write `crate = ::hueless`
            expected an option, one of `guard`, `singleton`, `transient`, `inline`, `cpu`, `executor`, `requires`, `after`, `crate`"]],
    );
}

#[test]
fn contradictions_blame_the_later_option() {
    check(
        Dependency,
        "cpu, inline, guard, singleton, after(a, a)",
        "fn d() -> u8 { 1 }",
        &expect![[r"
            `inline` contradicts `cpu`, as it runs in place or on the work-stealing pool; remove one
            `singleton` contradicts `guard`, as each request has to pass a guard; remove one
            `after` contradicts `singleton`, as a singleton is made outside of any request's plan; remove one
            `a` is named twice; remove one"]],
    );
}

#[test]
fn options_have_to_fit_the_colour() {
    check(
        Dependency,
        "inline, cpu",
        "async fn d() -> u8 { 1 }",
        &expect![[r"
            `cpu` contradicts `inline`, as it runs in place or on the work-stealing pool; remove one
            `inline` is for a plain `fn`, as an `async fn` is awaited in place; remove `inline`
            `cpu` is for a plain `fn`, as an `async fn` stays on the executor; remove `cpu` or `async`"]],
    );
    check(
        Dependency,
        "executor",
        "fn d() -> u8 { 1 }",
        &expect![
            "`executor` is for an `async fn`, as a plain `fn` runs on the blocking lane; remove `executor`"
        ],
    );
    check(
        Dependency,
        "inline",
        "struct Page {}",
        &expect!["`inline` is for a function, as a struct is built in place; remove `inline`"],
    );
}

#[test]
fn borrowing_is_refused_once_for_each_parameter() {
    check(
        Dependency,
        "",
        "fn d<'a>(x: &'a u8, y: Cow<'_, str>, z: Box<dyn Fn(&str) + Send>, s: &'static str) -> &'a u8 { x }",
        &expect![[r"
            a dependency cannot borrow, as its parameters may cross to another thread; take an owned value, or a dependency through `Depends`
            a dependency cannot borrow, as its parameters may cross to another thread; take an owned value, or a dependency through `Depends`"]],
    );
}

#[test]
fn a_return_type_needs_a_name() {
    check(
        Dependency,
        "",
        "fn d() -> Result<Vec<impl Clone>, u8> { load() }",
        &expect![
            "a dependency cannot return `impl Trait`, as the type of its value needs a name; write the type, or box it: `Box<dyn Trait + Send + Sync>`"
        ],
    );
    check(
        Dependency,
        "",
        "fn d() {}",
        &expect![
            "a dependency has to return a value; write its type, or `-> ()` if it is there for its effect"
        ],
    );
}

#[test]
fn all_mistakes_are_told_at_once() {
    check(
        Handler,
        "sometimes",
        "const unsafe extern \"C\" fn h(#[depends(x)] x: impl Clone) {}",
        &expect![[r"
            unknown option `sometimes`; the options of `#[handler]` are `inline`, `cpu`, `sequential`, `requires`, `after`, `crate`
            `#[depends]` takes no options; write `#[depends]`
            a handler cannot be `const`, as it runs for a request; remove `const`
            a handler cannot be `unsafe`, as nobody is there to keep what its caller must promise; use an `unsafe` block inside
            a handler cannot be `extern`, as only hueless calls it; remove `extern`
            a handler cannot take `impl Trait`, as nothing says which type to resolve; write the type, or a generic parameter"]],
    );
}
