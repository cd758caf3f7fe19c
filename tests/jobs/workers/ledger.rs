//! [`Ledger`]: what worker processes write down, and what a process that is killed has written before.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process;

use super::Numbers;
use crate::queue;

/// A folder with the file that all processes append to, and with the one that jobs wait for.
pub(crate) struct Ledger {
    folder: PathBuf,
    is_own: bool,
}

impl Ledger {
    pub(crate) fn new() -> Self {
        let folder = std::env::temp_dir().join(queue::unused_name());
        fs::create_dir(&folder).expect("a new folder");
        File::create(folder.join("entries")).expect("a new file");
        Self {
            folder,
            is_own: true,
        }
    }

    /// That of another process.
    pub(crate) fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            is_own: false,
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Appends a line: one write, so that no other line is in it.
    pub(crate) fn write(&self, what: &str, number: u32) {
        let entries = self.folder.join("entries");
        let entries = OpenOptions::new().append(true).open(entries);
        let line = format!("{what} {number} {}\n", process::id());
        let written = entries.and_then(|mut entries| entries.write_all(line.as_bytes()));
        written.expect("the line is appended");
    }

    pub(crate) fn read(&self) -> Entries {
        let entries = fs::read_to_string(self.folder.join("entries")).expect("the entries");
        Entries(entries.lines().map(Entry::parse).collect())
    }

    /// Jobs wait no longer.
    pub(crate) fn let_go(&self) {
        File::create(self.folder.join("go")).expect("a new file");
    }

    pub(crate) fn has_let_go(&self) -> bool {
        self.folder.join("go").exists()
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        if self.is_own {
            drop(fs::remove_dir_all(&self.folder));
        }
    }
}

/// What was written, in order.
pub(crate) struct Entries(Vec<Entry>);

struct Entry {
    what: String,
    number: u32,
    process: u32,
}

impl Entry {
    fn parse(line: &str) -> Self {
        let mut words = line.split(' ');
        let mut word = || words.next().expect("three words");
        Self {
            what: word().to_owned(),
            number: word().parse().expect("a number"),
            process: word().parse().expect("a process"),
        }
    }
}

impl Entries {
    /// The jobs that a process has begun and not ended.
    pub(crate) fn open_in(&self, process: u32) -> Numbers {
        let mut open = Numbers::new();
        for entry in self.0.iter().filter(|entry| entry.process == process) {
            match &*entry.what {
                "begun" => open.insert(entry.number),
                _ => open.remove(&entry.number),
            };
        }
        open
    }

    /// How often each job has begun.
    pub(crate) fn begun(&self) -> BTreeMap<u32, usize> {
        self.count("begun")
    }

    /// How often the teardown of each job heard that it completed.
    pub(crate) fn completed(&self) -> BTreeMap<u32, usize> {
        self.count("completed")
    }

    fn count(&self, what: &str) -> BTreeMap<u32, usize> {
        let mut counts = BTreeMap::new();
        for entry in self.0.iter().filter(|entry| entry.what == what) {
            *counts.entry(entry.number).or_default() += 1;
        }
        counts
    }
}

impl fmt::Display for Entries {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for entry in &self.0 {
            let Entry {
                what,
                number,
                process,
            } = entry;
            writeln!(formatter, "{what} {number} in {process}")?;
        }
        Ok(())
    }
}
