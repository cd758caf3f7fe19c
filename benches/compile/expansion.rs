//! How much source the macros make of a handler, and of a function that makes a value.

use std::io::Write;
use std::process::{Command, Stdio};

use serde::Serialize;

use crate::AnyError;
use crate::application::{IN_MODULE, Size, Style};
use crate::project::{Project, Task};

/// One of them, on average.
#[derive(Debug, Serialize)]
pub(crate) struct Expansion {
    pub(crate) what: &'static str,
    pub(crate) style: Style,
    pub(crate) written: Text,
    pub(crate) expanded: Text,
}

/// How much text, formatted.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Text {
    pub(crate) lines: f64,
    pub(crate) bytes: f64,
}

impl Text {
    fn of(source: &str) -> Self {
        Self {
            lines: source.lines().count() as f64,
            bytes: source.len() as f64,
        }
    }

    /// What one of the ten is that this text has, and another has not.
    fn beyond(self, without: Self) -> Self {
        let share = |more: f64, less: f64| (more - less) / IN_MODULE as f64;
        Self {
            lines: share(self.lines, without.lines),
            bytes: share(self.bytes, without.bytes),
        }
    }
}

/// Compares one module with the same without its handlers, and without anything.
pub(crate) fn measure(project: &Project) -> Result<Vec<Expansion>, AnyError> {
    let mut all = Vec::new();
    for style in Style::BOTH {
        eprintln!("expanding: {}", style.name());
        let sizes = [
            Size {
                handlers: 0,
                values: 0,
            },
            Size {
                handlers: 0,
                values: IN_MODULE,
            },
            Size {
                handlers: IN_MODULE,
                values: IN_MODULE,
            },
        ];
        let [nothing, values, everything] = sizes.map(|size| texts(project, style, size));
        let (nothing, values, everything) = (nothing?, values?, everything?);
        for (what, more, less) in [("handler", everything, values), ("value", values, nothing)] {
            all.push(Expansion {
                what,
                style,
                written: more[0].beyond(less[0]),
                expanded: more[1].beyond(less[1]),
            });
        }
    }
    Ok(all)
}

/// What is written, and what it expands to.
fn texts(project: &Project, style: Style, size: Size) -> Result<[Text; 2], AnyError> {
    let written = project.write(style, size)?;
    let expanded = project.compile(style, Task::Expand)?.output;
    Ok([
        Text::of(&formatted(&written)?),
        Text::of(&formatted(&expanded)?),
    ])
}

fn formatted(source: &str) -> Result<String, AnyError> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config", "skip_children=true"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = rustfmt.stdin.take() {
        input.write_all(source.as_bytes())?;
    }
    let output = rustfmt.wait_with_output()?;
    if !output.status.success() {
        return Err("rustfmt does not understand the expanded source".into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
