//! Where the application is compiled: a workspace of its own below the target directory, with what it
//! depends on locked to the versions of this one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::AnyError;
use crate::application::{Size, Style, files};
use crate::compiler::{EXPAND, REPORT, Report};

/// The packages and their manifests. Nothing is optimised for the next time, as every time is to be
/// like the first.
const WORKSPACE: &str = "[workspace]
resolver = \"3\"
members = [\"axum-by-hand\", \"with-hueless\"]

[profile.dev]
incremental = false
";

/// The workspace that this bench is a part of.
const OURS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A workspace with the application in both styles.
#[derive(Debug)]
pub(crate) struct Project {
    folder: PathBuf,
}

/// What the compiler is told to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    Check,
    Build,
    /// Prints what the macros have made of the source.
    Expand,
}

impl Task {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Build => "build",
            Self::Expand => "expand",
        }
    }
}

impl Project {
    /// Writes the manifests. What an earlier run has built there is used again.
    pub(crate) fn create() -> Result<Self, AnyError> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile");
        let project = Self { folder };
        fs::create_dir_all(&project.folder)?;
        fs::write(project.folder.join("Cargo.toml"), WORKSPACE)?;
        let lock = Path::new(OURS).join("Cargo.lock");
        fs::copy(lock, project.folder.join("Cargo.lock"))?;
        for style in Style::BOTH {
            fs::create_dir_all(project.source(style))?;
            fs::write(project.package(style).join("Cargo.toml"), manifest(style)?)?;
            // Cargo reads the whole workspace, whichever package is compiled.
            project.write(style, Size::of(1))?;
        }
        Ok(project)
    }

    fn package(&self, style: Style) -> PathBuf {
        self.folder.join(style.name())
    }

    fn source(&self, style: Style) -> PathBuf {
        self.package(style).join("src")
    }

    /// Writes the application in one style; it returns how much that is.
    pub(crate) fn write(&self, style: Style, size: Size) -> Result<String, AnyError> {
        let mut all = String::new();
        for (name, text) in files(style, size) {
            fs::write(self.source(style).join(name), &text)?;
            all += &text;
        }
        Ok(all)
    }

    /// Compiles the application in one style, what it depends on first if it has not been.
    pub(crate) fn compile(&self, style: Style, task: Task) -> Result<Report, AnyError> {
        let report = self.folder.join("report.json");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        cargo
            .arg(if task == Task::Build {
                "build"
            } else {
                "check"
            })
            .args([
                "--quiet",
                "--offline",
                "--package",
                style.name(),
                "--manifest-path",
            ])
            .arg(self.folder.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(self.folder.join("target"))
            // The members of this workspace are compiled through this program, nothing else is.
            .env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe()?)
            .env(REPORT, &report);
        if task == Task::Expand {
            cargo.env(EXPAND, "1");
        }
        // A file that is newer than what was made of it is compiled again.
        let main = self.source(style).join("main.rs");
        fs::write(&main, fs::read(&main)?)?;
        let _ = fs::remove_file(&report);
        let output = cargo.output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let (style, task) = (style.name(), task.name());
            return Err(format!("cannot {task} `{style}`:\n{said}").into());
        }
        let text = fs::read(&report)?;
        Ok(serde_json::from_slice(&text)?)
    }

    /// Builds what the application depends on.
    pub(crate) fn prepare(&self) -> Result<(), AnyError> {
        for style in Style::BOTH {
            for task in [Task::Check, Task::Build] {
                self.compile(style, task)?;
            }
        }
        Ok(())
    }
}

/// Both depend on the same, but for hueless.
fn manifest(style: Style) -> Result<String, AnyError> {
    let name = style.name();
    let mut manifest = format!(
        "[package]
name = \"{name}\"
version = \"0.0.0\"
edition = \"2024\"

[dependencies]
axum = {{ version = \"0.8\", default-features = false, features = [\"http1\", \"tokio\"] }}
tokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\", \"time\"] }}
"
    );
    if style == Style::Hueless {
        let runtime = fs::canonicalize(Path::new(OURS).join("runtime"))?;
        let runtime = runtime.display();
        manifest += &format!(
            "hueless = {{ path = {:?}, features = [\"axum\"] }}\n",
            runtime.to_string()
        );
    }
    Ok(manifest)
}
