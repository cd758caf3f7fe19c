//! FastAPI on uvicorn, in a virtual environment that the bench makes for itself.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::AnyError;

const SERVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/http/fastapi/server.py");
const REQUIREMENTS: &str = include_str!("requirements.txt");

/// Where the virtual environment is: it is made once and kept.
fn environment() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("fastapi")
}

/// The file that says what the environment has been made with, written when it is complete.
fn receipt() -> PathBuf {
    environment().join("installed.txt")
}

fn python() -> PathBuf {
    environment().join("bin/python")
}

/// Makes the environment if it is not there and `may_install`. An error says why there is none.
pub(crate) fn prepare(may_install: bool) -> Result<(), AnyError> {
    if std::fs::read_to_string(receipt()).is_ok_and(|installed| installed == REQUIREMENTS) {
        return Ok(());
    }
    if !may_install {
        return Err("`cargo bench` installs it".into());
    }
    eprintln!("installing FastAPI to {}", environment().display());
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(environment()))?;
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    let requirements: Vec<&str> = REQUIREMENTS.split_whitespace().collect();
    run(Command::new(python()).args(pip).args(requirements))?;
    std::fs::write(receipt(), REQUIREMENTS)?;
    Ok(())
}

/// What starts the server.
pub(crate) fn command() -> Command {
    let mut command = Command::new(python());
    command.arg(SERVER);
    command
}

fn run(command: &mut Command) -> Result<(), AnyError> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().next_back().unwrap_or("it says nothing");
    let program = command.get_program().display();
    Err(format!("{program}: {last}").into())
}
