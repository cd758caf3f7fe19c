//! Where pictures are kept: a folder that all processes share.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::path::{Path, PathBuf};

use apalis_core::task::task_id::TaskId;
use hueless::{Depends, dependency};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::options::options;

/// The folder, made if there is none. Endpoint and workers depend on it alike.
#[dependency(singleton)]
pub(crate) fn pictures(options: Depends<options>) -> Result<Pictures, Error> {
    let folder = options.pictures.clone();
    let pictures = Pictures { folder };
    let thumbnails = pictures.thumbnails();
    fs::create_dir_all(&thumbnails).map_err(Error::at(&thumbnails))?;
    for folder in [&pictures.folder, &thumbnails] {
        try_to_write(folder)?;
    }
    Ok(pictures)
}

/// A folder that is there may still be one to read only.
fn try_to_write(folder: &Path) -> Result<(), Error> {
    let path = folder.join(format!(".{}", Name::new()));
    fs::write(&path, "")
        .and_then(|()| fs::remove_file(&path))
        .map_err(Error::at(&path))
}

/// Blocks wherever it reads and writes: for plain functions only.
#[derive(Debug)]
pub(crate) struct Pictures {
    folder: PathBuf,
}

impl Pictures {
    /// Keeps a picture under a name of its own.
    pub(crate) fn keep(&self, picture: &[u8]) -> Result<Name, Error> {
        let name = Name::new();
        let path = self.path(name);
        fs::write(&path, picture).map_err(Error::at(&path))?;
        Ok(name)
    }

    pub(crate) fn read(&self, name: Name) -> Result<Vec<u8>, Error> {
        let path = self.path(name);
        fs::read(&path).map_err(Error::at(&path))
    }

    /// `None` if there is none yet.
    pub(crate) fn read_thumbnail(&self, name: Name) -> Result<Option<Vec<u8>>, Error> {
        let path = self.thumbnail(name);
        match fs::read(&path).map_err(Error::at(&path)) {
            Ok(png) => Ok(Some(png)),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn knows(&self, name: Name) -> bool {
        self.path(name).exists()
    }

    pub(crate) fn forget(&self, name: Name) -> Result<(), Error> {
        let path = self.path(name);
        fs::remove_file(&path).map_err(Error::at(&path))
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

    /// The job that makes the thumbnail, in every queue: there it has to be a ULID, and is one whose
    /// last digits are those of the name.
    pub(crate) fn job(self) -> TaskId {
        TaskId::from_string(format!("{:026X}", self.0))
    }
}

const NO_NAME: &str = "this is not the name of a picture";

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
