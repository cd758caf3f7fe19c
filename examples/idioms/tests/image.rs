//! `with-image`: pictures are decoded and resized on the work-stealing pool.

#[path = "../../tests/support/mod.rs"]
mod support;

use expect_test::expect;

use self::support::example;

#[test]
fn what_computes_for_long_runs_on_the_pool() {
    let output = example("with-image").output();
    let output = output.expect("with-image runs");
    assert!(output.status.success(), "{output:?}");
    expect![[r#"
        thumbnail
          decode on the pool
          resize on the pool
        measure the picture
          decode on the pool
          measure elsewhere
          640 x 480
        measure the thumbnail
          decode on the pool
          measure elsewhere
          64 x 48
        measure what is no picture
          decode on the pool
          error: Format error decoding Png: Invalid PNG signature.
    "#]]
    .assert_eq(&String::from_utf8_lossy(&output.stdout));
}
