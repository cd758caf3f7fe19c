//! `with-reqwest`: the async and the blocking client fetch the same.

#[path = "../../tests/support/mod.rs"]
mod support;

use expect_test::expect;

use self::support::example;

#[test]
fn both_clients_fetch_what_is_there_and_say_what_is_not() {
    let output = example("with-reqwest").output();
    let output = output.expect("with-reqwest runs");
    assert!(output.status.success(), "{output:?}");
    expect![[r#"
        `async fn`
          book 1: Sketch of the Analytical Engine, by Ada
          book 9: error: HTTP status client error (404 Not Found)

        Plain `fn`
          book 1: Sketch of the Analytical Engine, by Ada
          book 9: error: HTTP status client error (404 Not Found)
    "#]]
    .assert_eq(&String::from_utf8_lossy(&output.stdout));
}
