//! `with-sqlx`: a request that completes is committed, one that fails is rolled back.

mod database;
#[path = "../../tests/support/mod.rs"]
mod support;

use expect_test::expect;

use self::database::Database;
use self::support::example;

#[test]
fn what_completes_is_committed_and_what_fails_is_rolled_back() {
    let output = example("with-sqlx").env_remove("DATABASE").output();
    let output = output.expect("with-sqlx runs");
    assert!(output.status.success(), "{output:?}");
    expect![[r#"
        before: Ada 100, Grace 0

        transfer 30
          Grace has 30
          Ada has 70
          committed
        after: Ada 70, Grace 30

        transfer 500
          Grace has 530
          rolled back (failed)
          error: error returned from database: (code: 275) CHECK constraint failed: balance >= 0
        after: Ada 70, Grace 30
    "#]]
    .assert_eq(&String::from_utf8_lossy(&output.stdout));
}

/// A file has what was committed, and nothing else.
#[test]
fn what_is_committed_outlives_the_process() {
    let database = Database::new("sqlx");
    let first = database.printed(&mut example("with-sqlx"));
    assert!(first.starts_with("before: Ada 100, Grace 0\n"), "{first}");
    let second = database.printed(&mut example("with-sqlx"));
    assert!(second.starts_with("before: Ada 70, Grace 30\n"), "{second}");
    assert!(second.ends_with("after: Ada 40, Grace 60\n"), "{second}");
}
