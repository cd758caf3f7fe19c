//! What the tests of the examples share.

use std::env::{self, consts::EXE_SUFFIX};
use std::process::Command;

/// A command that runs a built example.
///
/// `cargo test` builds the examples of a package before its tests, into the folder beside theirs.
pub(crate) fn example(name: &str) -> Command {
    let test = env::current_exe().expect("a running test has a path");
    let profile = test
        .ancestors()
        .nth(2)
        .expect("tests are built into `deps`");
    let example = profile.join("examples").join(format!("{name}{EXE_SUFFIX}"));
    assert!(
        example.exists(),
        "{} is missing; `cargo build --example {name}` builds it, and so does `cargo test` for its package",
        example.display()
    );
    Command::new(example)
}
