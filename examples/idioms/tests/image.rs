//! `with-image`: pictures are decoded and resized on the work-stealing pool.

#[path = "../../tests/printed/mod.rs"]
mod printed;

use expect_test::expect;

use self::printed::{example, printed};

#[test]
fn what_computes_for_long_runs_on_the_pool() {
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
        measure a file that is not a picture
          decode on the pool
          error: Format error decoding Png: Invalid PNG signature.
    "#]]
    .assert_eq(&printed(&mut example("with-image")));
}
