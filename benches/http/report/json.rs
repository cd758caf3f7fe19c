//! The rows as JSON.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use super::row::Row;
use crate::AnyError;

/// Writes the rows as one array.
pub(crate) fn write_json(rows: &[Row], file: &Path) -> Result<(), AnyError> {
    let mut writer = BufWriter::new(File::create(file)?);
    serde_json::to_writer_pretty(&mut writer, rows)?;
    writeln!(writer)?;
    writer.flush()?;
    println!("\nwritten to {}", std::path::absolute(file)?.display());
    Ok(())
}
