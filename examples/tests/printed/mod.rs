//! For tests of examples that print something and end.

#[path = "../support/mod.rs"]
mod support;

use std::process::Command;

pub(crate) use self::support::example;

/// What an example prints. It has to succeed.
pub(crate) fn printed(example: &mut Command) -> String {
    let output = example.output().expect("the example runs");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).expect("text")
}
