//! [`Corpus`]: the programs of a folder, by topic.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// The programs in the topics of a folder.
pub(crate) struct Corpus {
    name: &'static str,
    programs: Vec<PathBuf>,
    /// Everything else.
    others: Vec<PathBuf>,
}

impl Corpus {
    /// Reads `fail` or `pass`.
    pub(crate) fn read(name: &'static str) -> Self {
        let mut files: Vec<PathBuf> = entries(&Path::new(env!("CARGO_MANIFEST_DIR")).join(name))
            .iter()
            .flat_map(|topic| entries(topic))
            .collect();
        files.sort();
        let (programs, others) = files
            .into_iter()
            .partition(|file| file.extension() == Some(OsStr::new("rs")));
        Self {
            name,
            programs,
            others,
        }
    }

    /// The programs.
    pub(crate) fn cases(&self) -> &[PathBuf] {
        &self.programs
    }

    /// Files that belong to no program.
    pub(crate) fn strays(&self) -> Vec<String> {
        let has_program = |file: &PathBuf| {
            file.extension() == Some(OsStr::new("stderr"))
                && self.programs.contains(&file.with_extension("rs"))
        };
        self.others
            .iter()
            .filter(|file| !has_program(file))
            .map(|file| format!("{}: there is no program beside it", file.display()))
            .collect()
    }
}

/// How many programs each topic has.
impl fmt::Display for Corpus {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut topics: BTreeMap<_, usize> = BTreeMap::new();
        for program in &self.programs {
            let topic = program.parent().and_then(Path::file_name);
            *topics.entry(topic.unwrap_or_default()).or_default() += 1;
        }
        let (name, all) = (self.name, self.programs.len());
        write!(formatter, "{name}: {all} in {} topics", topics.len())?;
        for (topic, count) in topics {
            write!(formatter, "\n{count:>5} {}", topic.display())?;
        }
        Ok(())
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("the folder can be read").path())
        .collect()
}
