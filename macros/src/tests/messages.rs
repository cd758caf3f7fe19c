//! What each mistake is told.

use expect_test::{Expect, expect};

use super::{expand, messages};
use crate::kind::Kind::{self, Dependency, Handler};

fn check(kind: Kind, options: &str, item: &str, expected: &Expect) {
    let messages = messages(expand(kind, options, item));
    let said: Vec<String> = messages.iter().map(|it| without_link(it)).collect();
    expected.assert_eq(&said.join("\n"));
}

/// What a message says, without the link that each of ours has in a line of its own.
fn without_link(message: &str) -> String {
    let Some((said, link)) = message.split_once("\nsee ") else {
        // The parser's own.
        return message.to_owned();
    };
    let page = "https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#";
    assert!(link.starts_with(page), "{message}");
    said.to_owned()
}

#[test]
fn unknown_options_are_told_the_known_ones() {
    check(
        Handler,
        "sometimes = 3, inline",
        "fn h() {}",
        &expect![
            "unknown option `sometimes`; the options of `#[handler]` are `inline`, `cpu`, `sequential`, `seat`, `requires`, `after`, `timeout`, `crate`"
        ],
    );
}

#[test]
fn a_limit_is_told_how_numbers_are_written() {
    let takes_a_number = expect!["`limit` takes a whole number; write `limit = 8`"];
    for options in [
        "limit",
        "limit =",
        "limit(8)",
        "limit = -1",
        "limit = 8u32",
        "limit = 1.5",
        "limit = \"8\"",
        "limit = MAX",
        "limit = 2 * 4",
    ] {
        check(Dependency, options, "fn d() -> u8 { 1 }", &takes_a_number);
    }
    check(
        Dependency,
        "limit = 0, queue = 0",
        "fn d() -> u8 { 1 }",
        &expect!["`limit = 0` lets no value live; write at least 1, or remove `limit`"],
    );
    check(
        Dependency,
        "limit = 4294967296",
        "fn d() -> u8 { 1 }",
        &expect!["`limit` is at most 4294967295; write less, or remove `limit`"],
    );
    check(
        Dependency,
        "limit = 0x1_0, queue = 0",
        "fn d() -> u8 { 1 }",
        &expect![""],
    );
}

#[test]
fn a_limit_is_for_what_can_live_more_than_once() {
    check(
        Dependency,
        "limit = 3, singleton",
        "fn d() -> u8 { 1 }",
        &expect!["`singleton` contradicts `limit`, as there is one value of it; remove one"],
    );
    for options in ["guard, limit = 3", "transient, limit = 3", "cpu, limit = 3"] {
        check(Dependency, options, "fn d() -> u8 { 1 }", &expect![""]);
    }
    check(Dependency, "limit = 3", "struct Page {}", &expect![""]);
}

#[test]
fn a_queue_is_one_for_slots() {
    check(
        Dependency,
        "queue = 3",
        "fn d() -> u8 { 1 }",
        &expect![
            "`queue` bounds how many wait for a slot of a `limit`; add `limit = 8`, or remove `queue`"
        ],
    );
    check(
        Dependency,
        "queue = many, limit = 1",
        "fn d() -> u8 { 1 }",
        &expect!["`queue` takes a whole number; write `queue = 8`"],
    );
}

#[test]
fn a_seat_is_for_a_handler_and_a_limit_for_a_dependency() {
    check(
        Dependency,
        "seat",
        "fn d() -> u8 { 1 }",
        &expect!["`seat` belongs on a handler; remove it from `#[dependency]`"],
    );
    check(
        Handler,
        "seat = 3, limit = 3, queue = 3",
        "fn h() {}",
        &expect![[r"
            `seat` takes no value; write `seat`
            `limit` belongs on a dependency; remove it from `#[handler]`
            `queue` belongs on a dependency; remove it from `#[handler]`"]],
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
        "inline, inline, requires(a), requires(b), teardown = a, teardown = b, timeout = \"1s\", timeout = \"1s\", limit = 1, limit = 1, queue = 1, queue = 1",
        "fn d() -> u8 { 1 }",
        &expect![[r"
            duplicate option `inline`; keep the first `inline`
            duplicate option `requires`; put all names into the first `requires(…)`
            duplicate option `teardown`; name one function that calls both
            duplicate option `timeout`; keep the first `timeout = …`
            duplicate option `limit`; keep the first `limit = …`
            duplicate option `queue`; keep the first `queue = …`
            `timeout` contradicts `inline`, as what runs in place cannot be given up; remove one"]],
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
            expected an option, one of `guard`, `singleton`, `transient`, `inline`, `cpu`, `executor`, `requires`, `after`, `timeout`, `teardown`, `after_response`, `limit`, `queue`, `crate`"]],
    );
}

#[test]
fn a_timeout_is_told_how_times_are_written() {
    let takes_a_time = expect![[r#"`timeout` takes a time; write `timeout = "2s"`"#]];
    for options in [
        "timeout",
        "timeout =",
        "timeout(\"2s\")",
        "timeout = 2",
        "timeout = 2s",
        "timeout = \"2s\"s",
        "timeout = \"2s\" * 2",
        "timeout = Duration::from_secs(2)",
    ] {
        check(Handler, options, "fn h() {}", &takes_a_time);
    }
    check(
        Handler,
        "timeout = \"1.5s\"",
        "fn h() {}",
        &expect![[
            r#"a time is whole numbers, each with `us`, `ms`, `s`, `m` or `h`; write `timeout = "1m 30s"`"#
        ]],
    );
    check(
        Handler,
        "timeout = \"2min\"",
        "fn h() {}",
        &expect!["`min` is no unit of time; write `us`, `ms`, `s`, `m` or `h`"],
    );
    check(
        Handler,
        "timeout = \"0s\"",
        "fn h() {}",
        &expect!["`timeout` leaves no time; write more than zero, or remove `timeout`"],
    );
    check(
        Handler,
        "timeout = \"6000000h\"",
        "fn h() {}",
        &expect!["`timeout` is longer than 584 years; write less, or remove `timeout`"],
    );
}

#[test]
fn a_teardown_is_told_how_functions_are_named() {
    let takes_a_name = expect!["`teardown` takes the name of a function; write `teardown = close`"];
    for options in [
        "teardown",
        "teardown =",
        "teardown(close)",
        "teardown = \"close\"",
        "teardown = close()",
        "teardown = close.now",
        "teardown = |db, outcome| close(db)",
        "teardown = async move { close() }",
    ] {
        check(Dependency, options, "fn d() -> u8 { 1 }", &takes_a_name);
    }
    check(
        Dependency,
        "after_response = release<A, B>",
        "fn d() -> u8 { 1 }",
        &expect!["arguments of a function follow `::`; write `after_response = close::<T>`"],
    );
}

#[test]
fn commas_in_the_path_of_a_function_end_no_option() {
    check(
        Dependency,
        "teardown = <A<B, C> as D<fn() -> E, F>>::close::<G, H>, guard, after_response = x::<A, B>",
        "fn d() -> u8 { 1 }",
        &expect![""],
    );
}

#[test]
fn a_value_that_is_ended_has_to_be_shared() {
    check(
        Dependency,
        "teardown = close, transient, after_response = close",
        "fn d() -> u8 { 1 }",
        &expect![[r"
            `transient` contradicts `teardown`, as the consumer owns the value; remove one
            `after_response` contradicts `transient`, as the consumer owns the value; remove one"]],
    );
    check(
        Dependency,
        "after_response = close, singleton",
        "fn d() -> u8 { 1 }",
        &expect![
            "`singleton` contradicts `after_response`, as a singleton outlives every response; remove one"
        ],
    );
    check(
        Handler,
        "teardown = close, after_response = close",
        "fn h() {}",
        &expect![[r"
            `teardown` belongs on a dependency; remove it from `#[handler]`
            `after_response` belongs on a dependency; remove it from `#[handler]`"]],
    );
}

#[test]
fn a_timeout_is_for_what_can_be_given_up() {
    check(
        Dependency,
        "timeout = \"2s\", inline",
        "fn d() -> u8 { 1 }",
        &expect![
            "`inline` contradicts `timeout`, as what runs in place cannot be given up; remove one"
        ],
    );
    check(
        Dependency,
        "timeout = \"2s\"",
        "struct Page {}",
        &expect!["`timeout` is for a function, as a struct is built in place; remove `timeout`"],
    );
    // That of a handler is for its whole run.
    check(
        Handler,
        "timeout = \"2s\", inline",
        "fn h() {}",
        &expect![""],
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
            unknown option `sometimes`; the options of `#[handler]` are `inline`, `cpu`, `sequential`, `seat`, `requires`, `after`, `timeout`, `crate`
            `#[depends]` takes no options; write `#[depends]`
            a handler cannot be `const`, as it runs for a request; remove `const`
            a handler cannot be `unsafe`, as nobody is there to keep what its caller must promise; use an `unsafe` block inside
            a handler cannot be `extern`, as only hueless calls it; remove `extern`
            a handler cannot take `impl Trait`, as nothing says which type to resolve; write the type, or a generic parameter"]],
    );
}
