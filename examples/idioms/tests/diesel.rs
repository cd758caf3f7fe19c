//! `with-diesel`: a request that completes is committed, one that fails is rolled back.

mod database;
#[path = "../../tests/printed/mod.rs"]
mod printed;

use expect_test::expect;

use self::database::keeps_what_is_committed;
use self::printed::{example, printed};

#[test]
fn what_completes_is_committed_and_what_fails_is_rolled_back() {
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
          error: CHECK constraint failed: balance >= 0
        after: Ada 70, Grace 30
    "#]]
    .assert_eq(&printed(example("with-diesel").env_remove("DATABASE")));
}

#[test]
fn what_is_committed_outlives_the_process() {
    keeps_what_is_committed("with-diesel");
}
