//! Draws what the handlers of `quickstart` need.
//!
//! ```text
//! cargo run --example graph -- pictures    # writes into the folder `pictures`
//! ```
//!
//! There is a text tree (`.txt`), a drawing (`.svg`), a Mermaid flowchart (`.mmd`) and the language of
//! Graphviz (`.dot`): of the whole service in `graph.*`, and of each handler under its name.

#![expect(dead_code, reason = "nothing is served here, it is only looked at")]

#[path = "../quickstart/auth.rs"]
mod auth;
#[path = "../quickstart/bookmarks/mod.rs"]
mod bookmarks;
#[path = "../quickstart/database.rs"]
mod database;
#[path = "../quickstart/error.rs"]
mod error;
#[path = "../quickstart/extract.rs"]
mod extract;
#[path = "../quickstart/health.rs"]
mod health;
#[path = "../quickstart/page.rs"]
mod page;

use std::io;
use std::path::Path;
use std::process::ExitCode;

use hueless::Graph;

use self::bookmarks::{add, check, list, remove, search, show};

fn main() -> ExitCode {
    let folder = std::env::args_os().nth(1);
    let Some(folder) = folder.filter(|folder| !folder.as_encoded_bytes().starts_with(b"-")) else {
        eprintln!("graph: say where to write: cargo run --example graph -- pictures");
        return ExitCode::FAILURE;
    };
    match write(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("graph: {}: {error}", Path::new(&folder).display());
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> io::Result<()> {
    let handlers = [
        ("health", Graph::of::<health::health>()),
        ("list", Graph::of::<list>()),
        ("add", Graph::of::<add>()),
        ("search", Graph::of::<search>()),
        ("show", Graph::of::<show>()),
        ("remove", Graph::of::<remove>()),
        ("check", Graph::of::<check>()),
    ];
    std::fs::create_dir_all(folder)?;
    let whole = Graph::together(handlers.iter().map(|(_, graph)| graph.clone()));
    for (name, graph) in [("graph", whole)].into_iter().chain(handlers) {
        for (extension, picture) in [
            ("txt", graph.to_string()),
            ("dot", graph.to_dot()),
            ("mmd", graph.to_mermaid()),
            ("svg", graph.to_svg()),
        ] {
            let file = folder.join(name).with_extension(extension);
            std::fs::write(&file, picture)?;
            println!("{}", file.display());
        }
    }
    Ok(())
}
