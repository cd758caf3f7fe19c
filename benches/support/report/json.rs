//! The rows as JSON.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::row::{Row, Section};

/// Writes the rows of all sections as one array.
pub(crate) fn write_json(sections: &[Section], file: &Path) -> io::Result<()> {
    let rows: Vec<&Row> = sections.iter().flat_map(|it| &it.rows).collect();
    let mut writer = BufWriter::new(File::create(file)?);
    serde_json::to_writer_pretty(&mut writer, &rows)?;
    writeln!(writer)?;
    writer.flush()?;
    println!("\nwritten to {}", std::path::absolute(file)?.display());
    Ok(())
}
