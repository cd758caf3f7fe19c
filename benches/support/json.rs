//! Rows as JSON.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

/// Writes what was measured to a file, and says where that is.
///
/// # Errors
///
/// If the file cannot be written.
pub fn write_json<T: Serialize + ?Sized>(measured: &T, file: &Path) -> io::Result<()> {
    let mut writer = BufWriter::new(File::create(file)?);
    serde_json::to_writer_pretty(&mut writer, measured)?;
    writeln!(writer)?;
    writer.flush()?;
    println!("\nwritten to {}", std::path::absolute(file)?.display());
    Ok(())
}
