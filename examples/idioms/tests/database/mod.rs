//! A database in a file, for the tests of `with-diesel` and `with-sqlx`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{self, Command};

/// A file that is not there yet, and is gone when the test has ended.
pub(crate) struct Database(PathBuf);

impl Database {
    pub(crate) fn new(name: &str) -> Self {
        let file = format!("{name}-{}.db", process::id());
        Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(file))
    }

    /// What an example prints that keeps its accounts there.
    pub(crate) fn printed(&self, example: &mut Command) -> String {
        let output = example.env("DATABASE", &self.0).output();
        let output = output.expect("the example runs");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.0));
    }
}
