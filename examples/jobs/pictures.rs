//! Where pictures are kept: a folder that all processes share.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::io;
use std::path::PathBuf;

use hueless::{Depends, dependency};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::options::options;

/// The folder, made if there is none. Endpoint and workers depend on it alike.
#[dependency(singleton)]
pub(crate) fn pictures(options: Depends<options>) -> Result<Pictures, Error> {
    let folder = options.pictures.clone();
    fs::create_dir_all(folder.join("thumbnails"))?;
    Ok(Pictures { folder })
}

/// Blocks wherever it reads and writes: for plain functions only.
#[derive(Debug)]
pub(crate) struct Pictures {
    folder: PathBuf,
}

impl Pictures {
    /// Keeps a picture under a name of its own.
    pub(crate) fn keep(&self, picture: &[u8]) -> io::Result<Name> {
        let name = Name::new();
        fs::write(self.path(name), picture)?;
        Ok(name)
    }

    pub(crate) fn read(&self, name: Name) -> io::Result<Vec<u8>> {
        fs::read(self.path(name))
    }

    pub(crate) fn knows(&self, name: Name) -> bool {
        self.path(name).exists()
    }

    pub(crate) fn forget(&self, name: Name) -> io::Result<()> {
        fs::remove_file(self.path(name))
    }

    fn path(&self, name: Name) -> PathBuf {
        self.folder.join(name.to_string()).with_extension("png")
    }

    /// Where the thumbnail of a picture is, or is to be.
    pub(crate) fn thumbnail(&self, name: Name) -> PathBuf {
        self.thumbnails().join(format!("{name}.png"))
    }

    pub(crate) fn thumbnails(&self) -> PathBuf {
        self.folder.join("thumbnails")
    }
}

/// A name that nobody can guess, and that is a name of a file and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(crate) struct Name(u64);

impl Name {
    pub(crate) fn new() -> Self {
        // Its keys are the random numbers that the standard library has.
        Self(RandomState::new().build_hasher().finish())
    }
}

const NO_NAME: &str = "that is no picture's name";

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.to_string()
    }
}

impl TryFrom<String> for Name {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        let number = u64::from_str_radix(&text, 16);
        let name = number.map(Self).map_err(|_| NO_NAME)?;
        // Each picture has one name.
        if name.to_string() == text {
            Ok(name)
        } else {
            Err(NO_NAME)
        }
    }
}
