//! `cargo check` of a generated crate, under limits, and what it took.

use std::env;
use std::fs::{self, File};
use std::process::{Command, Stdio};

use wait4::Wait4;

use crate::generate::{Workspace, package};
use crate::usage::Usage;

/// What rustc may take before it is stopped, so that a regression fails instead of taking the machine
/// with it: many times what it needs, whatever the machine.
const MOST_SECONDS: u32 = 120;
const MOST_KIBIBYTES: u32 = 4 << 20;

/// Sets the limits, which children inherit, and becomes the command that follows. Some systems do not
/// know a limit of memory.
const LIMITED: &str = r#"ulimit -t "$1"; ulimit -v "$2" 2> /dev/null; shift 2; exec "$@""#;

/// Checks the crate of so many layers.
pub(crate) fn run(workspace: &Workspace, layers: usize) -> Usage {
    let log = workspace.folder().join("check.log");
    let ended = cargo_check(workspace, layers)
        .stdout(Stdio::null())
        .stderr(File::create(&log).expect("the log can be written"))
        .spawn()
        .expect("there is a shell")
        .wait4()
        .expect("the child can be waited for");
    let said = fs::read_to_string(&log).expect("the log can be read");
    assert!(
        ended.status.success(),
        "checking {layers} layers failed, with at most {MOST_SECONDS} s of CPU and \
         {MOST_KIBIBYTES} KiB of memory for each process\n{said}"
    );
    assert!(
        said.contains(&format!("Checking {} ", package(layers))),
        "cargo found nothing to do\n{said}"
    );
    ended.rusage.into()
}

fn cargo_check(workspace: &Workspace, layers: usize) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", LIMITED, "limited"])
        .args([MOST_SECONDS.to_string(), MOST_KIBIBYTES.to_string()])
        .arg(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--color", "never", "--package", &package(layers)])
        .arg("--target-dir")
        .arg(workspace.folder().join("target"))
        .current_dir(workspace.folder())
        // A crate that was touched and did not change would cost nothing.
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTC_WRAPPER")
        .env("CARGO_TERM_QUIET", "false");
    command
}
