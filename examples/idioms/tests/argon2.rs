//! `with-argon2`: who has the password is let in, and nobody else.

#[path = "../../tests/printed/mod.rs"]
mod printed;

use expect_test::expect;

use self::printed::{example, printed};

#[test]
fn a_wrong_password_is_refused_like_a_name_that_nobody_has() {
    expect![[r#"
        /register Ada engine: 201
        /register Ada guessed: 409
        /login Ada engine: 200 welcome, Ada
        /login Ada guessed: 401
        /login Grace engine: 401
    "#]]
    .assert_eq(&printed(&mut example("with-argon2")));
}
