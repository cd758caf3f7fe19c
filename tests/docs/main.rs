//! What is written about the code, against the code: every error has an entry on the page of compile
//! errors, and every link of the guide leads somewhere, for rustdoc and for who reads the files.

mod capacity;
mod errors;
#[path = "../fenced.rs"]
mod fenced;
mod links;
mod literals;
mod message;
mod sections;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// A path in the workspace.
fn workspace(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files below a folder, or the file itself, that have the extension.
fn files(path: &Path, extension: &str) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be read").path())
        .flat_map(|entry| {
            if entry.is_dir() {
                files(&entry, extension)
            } else if entry.extension() == Some(OsStr::new(extension)) {
                vec![entry]
            } else {
                Vec::new()
            }
        })
        .collect();
    files.sort();
    files
}
