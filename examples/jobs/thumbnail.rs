//! The job: to make a picture small.

use std::fs::{self, File};
use std::io::{self, Cursor};
use std::path::PathBuf;

use apalis_core::error::AbortError;
use hueless::{BoxError, Depends, Input, Outcome, dependency, handler};
use image::{DynamicImage, ImageFormat, ImageReader, ImageResult, Limits};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::pictures::{Name, pictures};

/// What is asked for. It is what the queue keeps.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) picture: Name,
    /// The longest edge of the thumbnail.
    pub(crate) edge: u32,
}

/// A file that nobody sees before it is whole.
pub(crate) struct Draft {
    path: PathBuf,
    finished: PathBuf,
}

#[dependency(teardown = publish)]
pub(crate) fn draft(
    Input(order): Input<Order>,
    pictures: Depends<pictures>,
) -> Result<Draft, Error> {
    // Of its own, though two workers may be at the same picture: one of them may count as dead.
    let path = pictures.thumbnails().join(format!(".{}", Name::new()));
    File::create_new(&path).map_err(Error::at(&path))?;
    Ok(Draft {
        path,
        finished: pictures.thumbnail(order.picture),
    })
}

/// The queue hears that the job is done when this has ended, so a job that is done has its thumbnail.
#[expect(clippy::needless_pass_by_value, reason = "it is handed its value")]
fn publish(draft: Depends<draft>, outcome: Outcome) -> Result<(), Error> {
    if outcome.is_completed() {
        return fs::rename(&draft.path, &draft.finished).map_err(Error::at(&draft.path));
    }
    match fs::remove_file(&draft.path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).map_err(Error::at(&draft.path))
        }
        _ => Ok(()),
    }
}

/// Reads, computes and writes: a plain function, and the worker goes on meanwhile.
#[handler]
pub(crate) fn make(
    Input(order): Input<Order>,
    pictures: Depends<pictures>,
    draft: Depends<draft>,
) -> Result<(), BoxError> {
    let picture = match pictures.read(order.picture) {
        Ok(picture) => picture,
        // The folder is there, or there would be no draft. So somebody has deleted the picture.
        Err(error) if error.is_missing() => return Err(AbortError::new(error).into()),
        // A disk that fails may be back when the job is tried again.
        Err(error) => return Err(error.into()),
    };
    let picture = match decode(&picture) {
        Ok(picture) => picture,
        Err(error) => {
            // What is no picture now will not be one then.
            pictures.forget(order.picture)?;
            return Err(AbortError::new(error).into());
        }
    };
    let mut thumbnail = Cursor::new(Vec::new());
    picture
        .thumbnail(order.edge, order.edge)
        .write_to(&mut thumbnail, ImageFormat::Png)?;
    fs::write(&draft.path, thumbnail.into_inner()).map_err(Error::at(&draft.path))?;
    Ok(())
}

/// A few bytes may say that they are a picture as large as a house.
fn decode(png: &[u8]) -> ImageResult<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(LARGEST);
    let mut reader = ImageReader::with_format(Cursor::new(png), ImageFormat::Png);
    reader.limits(limits);
    reader.decode()
}

/// In bytes, how large a picture may be once it is decoded.
const LARGEST: u64 = 128 * 1024 * 1024;
