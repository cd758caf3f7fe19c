//! `with-argon2`: who has the password is let in, and nobody else.

#[path = "../../tests/support/mod.rs"]
mod support;

use expect_test::expect;

use self::support::example;

#[test]
fn a_wrong_password_is_refused_like_a_name_that_nobody_has() {
    let output = example("with-argon2").output();
    let output = output.expect("with-argon2 runs");
    assert!(output.status.success(), "{output:?}");
    expect![[r#"
        /register Ada engine: 201
        /register Ada guessed: 409
        /login Ada engine: 200 welcome, Ada
        /login Ada guessed: 401
        /login Grace engine: 401
    "#]]
    .assert_eq(&String::from_utf8_lossy(&output.stdout));
}
