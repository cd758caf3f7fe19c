//! A workspace of generated crates, beside what the tests are built into.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::layers;

/// What the generated crates have in common.
const TEMPLATE: &str = include_str!("template/lib.rs");

/// The workspace of hueless.
fn hueless() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the package is in a workspace")
}

/// A folder with one crate for each number of layers. It is kept, and with it the dependencies that
/// were built for it.
#[derive(Debug)]
pub(crate) struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// Writes the crates.
    pub(crate) fn generate(sizes: &[usize]) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("growth");
        let members: Vec<String> = sizes.iter().copied().map(package).collect();
        write(
            &folder.join("Cargo.toml"),
            &format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"),
        );
        let lock = hueless().join("Cargo.lock");
        fs::copy(lock, folder.join("Cargo.lock")).expect("the versions can be copied");
        let workspace = Self { folder };
        for &layers in sizes {
            let package = workspace.folder.join(package(layers));
            write(&package.join("Cargo.toml"), &manifest(layers));
            write(&package.join("src/lib.rs"), TEMPLATE);
            write(&package.join("src/layers.rs"), &layers::source(layers));
        }
        workspace
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes cargo check a crate again.
    pub(crate) fn touch(&self, layers: usize) {
        let source = self.folder.join(package(layers)).join("src/lib.rs");
        File::options()
            .append(true)
            .open(source)
            .and_then(|file| file.set_modified(SystemTime::now()))
            .expect("the source can be touched");
    }
}

/// The name of the crate of so many layers.
pub(crate) fn package(layers: usize) -> String {
    format!("layers-{layers}")
}

fn manifest(layers: usize) -> String {
    let (package, runtime) = (package(layers), hueless().join("runtime"));
    format!(
        r#"[package]
name = "{package}"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
axum = {{ version = "0.8", default-features = false }}
hueless = {{ path = {runtime:?}, features = ["axum"] }}
"#
    )
}

/// Writes a file, with the folders it is in.
fn write(file: &Path, text: &str) {
    let folder = file.parent().expect("a file is in a folder");
    fs::create_dir_all(folder).expect("the folder can be made");
    fs::write(file, text).expect("the file can be written");
}
