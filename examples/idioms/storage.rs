//! Where `with-diesel` and `with-sqlx` keep the accounts: a file, which processes and connections share.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use hueless::dependency;

/// How long a statement waits for others to end. One connection at a time writes to SQLite; without
/// this the others are told at once that the database is locked.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// A file, and whether it is only for as long as the app lives.
pub(crate) struct Database {
    path: PathBuf,
    is_temporary: bool,
}

#[dependency(singleton, inline)]
pub(crate) fn database() -> Database {
    match env::var_os("DATABASE") {
        Some(path) => Database {
            path: path.into(),
            is_temporary: false,
        },
        None => Database::temporary(),
    }
}

impl Database {
    /// A file of its own.
    pub(crate) fn temporary() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("hueless-accounts-{}-{number}.db", process::id());
        let path = env::temp_dir().join(name);
        // A process of that number may have been killed.
        drop(fs::remove_file(&path));
        Self {
            path,
            is_temporary: true,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// What is made from it, the pool, is gone by then.
impl Drop for Database {
    fn drop(&mut self) {
        if self.is_temporary {
            // There is none if nobody has opened it.
            drop(fs::remove_file(&self.path));
        }
    }
}
