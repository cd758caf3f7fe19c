//! `with-reqwest`: the async and the blocking client fetch the same.

#[path = "../../tests/printed/mod.rs"]
mod printed;

use expect_test::expect;

use self::printed::{example, printed};

#[test]
fn both_clients_fetch_what_is_there_and_say_what_is_not() {
    expect![[r#"
        `async fn`
          book 1: Sketch of the Analytical Engine, by Ada
          book 9: error: HTTP status client error (404 Not Found)

        Plain `fn`
          book 1: Sketch of the Analytical Engine, by Ada
          book 9: error: HTTP status client error (404 Not Found)
    "#]]
    .assert_eq(&printed(&mut example("with-reqwest")));
}
