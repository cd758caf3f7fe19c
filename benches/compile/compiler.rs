//! The compiler as Cargo runs it for the application: through this program, which measures it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use serde::{Deserialize, Serialize};
use wait4::Wait4;

use crate::AnyError;

/// Names the file that a report is written to; this program is the compiler where it is set.
pub(crate) const REPORT: &str = "HUELESS_COMPILE_REPORT";

/// Set where the expanded source is asked for.
pub(crate) const EXPAND: &str = "HUELESS_COMPILE_EXPAND";

/// What the compiler took, and what it said.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) usage: Usage,
    /// The expanded source, where it was asked for.
    pub(crate) output: String,
}

/// What one run of the compiler took, the linker that it started included.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(crate) struct Usage {
    pub(crate) seconds: f64,
    pub(crate) cpu_seconds: f64,
    pub(crate) peak_mebibytes: f64,
}

/// The file that this process is to write its report to, if it is the compiler.
pub(crate) fn report() -> Option<PathBuf> {
    std::env::var_os(REPORT).map(PathBuf::from)
}

/// Does what the compiler would: its name is the first argument.
pub(crate) fn run(report: &Path) -> ExitCode {
    match compile(report) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn compile(report: &Path) -> Result<bool, AnyError> {
    let mut arguments = std::env::args_os().skip(1);
    let mut command = Command::new(arguments.next().ok_or("no compiler is named")?);
    let arguments: Vec<OsString> = arguments.collect();
    command.args(&arguments);
    if !arguments
        .iter()
        .any(|one| Path::new(one).ends_with("src/main.rs"))
    {
        // Cargo asks what the compiler is and can do.
        return Ok(command.status()?.success());
    }
    if std::env::var_os(EXPAND).is_some() {
        expand(&mut command, report)
    } else {
        measure(&mut command, report)
    }
}

/// What shows the expansion is not stable; nothing else that is unstable is used.
fn expand(command: &mut Command, report: &Path) -> Result<bool, AnyError> {
    command
        .arg("-Zunpretty=expanded")
        .env("RUSTC_BOOTSTRAP", "1");
    let output = command.stderr(Stdio::inherit()).output()?;
    write(report, Usage::default(), String::from_utf8(output.stdout)?)?;
    Ok(output.status.success())
}

fn measure(command: &mut Command, report: &Path) -> Result<bool, AnyError> {
    let begun = Instant::now();
    let used = command.spawn()?.wait4()?;
    let usage = Usage {
        seconds: begun.elapsed().as_secs_f64(),
        cpu_seconds: (used.rusage.utime + used.rusage.stime).as_secs_f64(),
        peak_mebibytes: used.rusage.maxrss as f64 / (1024.0 * 1024.0),
    };
    write(report, usage, String::new())?;
    Ok(used.status.success())
}

fn write(file: &Path, usage: Usage, output: String) -> Result<(), AnyError> {
    let report = Report { usage, output };
    fs::write(file, serde_json::to_vec(&report)?)?;
    Ok(())
}
