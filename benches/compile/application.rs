//! The application: its handlers stand in modules of ten, each with ten values of its own, of which a
//! handler takes five. Every other function blocks.

mod by_hand;
mod with_hueless;
mod wording;

use std::fmt::Write;

use serde::Serialize;

use self::wording::Wording;

/// How many handlers a module has, and how many values.
pub(crate) const IN_MODULE: usize = 10;

/// How many values a handler takes.
pub(crate) const TAKEN: usize = 5;

/// How many values before it stands the one that a value is made from.
const DISTANCE: usize = 3;

/// The two ways in which it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Style {
    ByHand,
    Hueless,
}

impl Style {
    pub(crate) const BOTH: [Self; 2] = [Self::ByHand, Self::Hueless];

    /// What it is called, as a package too.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ByHand => "axum-by-hand",
            Self::Hueless => "with-hueless",
        }
    }

    fn wording(self) -> Wording {
        match self {
            Self::ByHand => by_hand::WORDING,
            Self::Hueless => with_hueless::WORDING,
        }
    }
}

/// How much of the application is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) handlers: usize,
    /// In each module.
    pub(crate) values: usize,
}

impl Size {
    /// So many handlers, and all that they take.
    pub(crate) fn of(handlers: usize) -> Self {
        Self {
            handlers,
            values: IN_MODULE,
        }
    }
}

/// One of the ten functions of a module that make a value.
#[derive(Debug, Clone, Copy)]
struct Function {
    index: usize,
}

impl Function {
    fn blocks(self) -> bool {
        self.index % 2 == 1
    }

    /// The value that it is made from, by its index.
    fn input(self) -> Option<usize> {
        self.index.checked_sub(DISTANCE)
    }
}

/// One of the ten handlers of a module.
#[derive(Debug, Clone, Copy)]
struct Handler {
    index: usize,
}

impl Handler {
    fn blocks(self) -> bool {
        self.index % 2 == 1
    }

    /// The values that it takes, by their index.
    fn inputs(self) -> impl Iterator<Item = usize> {
        (self.index..self.index + TAKEN).map(|index| index % IN_MODULE)
    }
}

/// The source files, by name: `main.rs`, and a module for each ten handlers.
pub(crate) fn files(style: Style, size: Size) -> Vec<(String, String)> {
    let modules = size.handlers.div_ceil(IN_MODULE).max(1);
    let mut files = vec![("main.rs".to_owned(), main(modules))];
    for module in 0..modules {
        let handlers = (size.handlers - module * IN_MODULE).min(IN_MODULE);
        let functions = (0..size.values).map(|index| Function { index });
        let handlers = (0..handlers).map(|index| Handler { index });
        let text = style.wording().module(module, functions, handlers);
        files.push((format!("module_{module}.rs"), text));
    }
    files
}

fn main(modules: usize) -> String {
    let mut text = String::new();
    for module in 0..modules {
        line(&mut text, &format!("mod module_{module};"));
    }
    text += "
#[tokio::main]
async fn main() -> std::io::Result<()> {
    let router = axum::Router::new()";
    for module in 0..modules {
        text += &format!("\n        .merge(module_{module}::routes())");
    }
    text += ";
    let listener = tokio::net::TcpListener::bind(\"127.0.0.1:0\").await?;
    axum::serve(listener, router).await
}
";
    text
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "{line}").expect("a string takes all that is written to it");
}
