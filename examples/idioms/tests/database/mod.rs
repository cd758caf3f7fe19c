//! A database in a file, for the tests of `with-diesel` and `with-sqlx`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use crate::printed::{example, printed};

/// Runs an example twice, with its accounts in a file: that has what was committed, and nothing else.
pub(crate) fn keeps_what_is_committed(name: &str) {
    let database = Database::new(name);
    let printed = || printed(example(name).env("DATABASE", &database.0));
    let first = printed();
    assert!(first.starts_with("before: Ada 100, Grace 0\n"), "{first}");
    let second = printed();
    assert!(second.starts_with("before: Ada 70, Grace 30\n"), "{second}");
    assert!(second.ends_with("after: Ada 40, Grace 60\n"), "{second}");
}

/// A file that is not there yet, and is gone when the test has ended.
struct Database(PathBuf);

impl Database {
    fn new(name: &str) -> Self {
        let file = format!("{name}-{}.db", process::id());
        Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(file))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        drop(fs::remove_file(&self.0));
    }
}
