//! [`Graph`]: what a handler needs, as a picture.

use std::fmt;

use crate::app::App;
use crate::handler::HandlerMeta;
use crate::meta::{Kind, LifetimeKind, Meta};

/// The graph of a handler. Its [`Display`](fmt::Display) is a tree of text.
///
/// ```
/// use hueless::{Depends, Graph, dependency, handler};
///
/// #[dependency(singleton)]
/// async fn config() -> String {
///     "app.db".to_owned()
/// }
///
/// #[dependency]
/// fn db(config: Depends<config>) -> String {
///     config.to_string()
/// }
///
/// #[dependency(guard)]
/// async fn user(db: Depends<db>) -> u64 {
///     db.len() as u64
/// }
///
/// #[handler]
/// fn show(user: Depends<user>, db: Depends<db>) -> String {
///     format!("{} {}", *user, *db)
/// }
///
/// let tree = "\
/// show (plain)
/// ├─ user (async, guard)
/// │  └─ db (plain)
/// │     └─ config (async, singleton)
/// └─ db (plain) …
/// ";
/// assert_eq!(Graph::of::<show>().to_string(), tree);
/// ```
///
/// What stands in the tree already ends in `…` and is not spelt out again; `requires` and `after`
/// are said beside the name they bring in.
#[derive(Debug, Clone)]
pub struct Graph {
    root: &'static Meta,
}

impl Graph {
    /// The graph of the handler `H`.
    #[must_use]
    pub fn of<H: HandlerMeta>() -> Self {
        Self { root: H::META }
    }
}

impl App {
    /// The graph of a handler.
    ///
    /// ```
    /// use hueless::{App, Depends, dependency, handler};
    ///
    /// #[dependency]
    /// fn user() -> String {
    ///     "Ada".to_owned()
    /// }
    ///
    /// #[handler]
    /// async fn greet(user: Depends<user>) -> String {
    ///     format!("hello {}", *user)
    /// }
    ///
    /// assert_eq!(App::new().graph::<greet>().to_string(), "greet (async)\n└─ user (plain)\n");
    /// ```
    #[must_use]
    pub fn graph<H: HandlerMeta>(&self) -> Graph {
        Graph::of::<H>()
    }
}

impl fmt::Display for Graph {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Tree {
            formatter,
            seen: Vec::new(),
            indent: String::new(),
        }
        .node(self.root, "", "", "")
    }
}

struct Tree<'a, 'b> {
    formatter: &'a mut fmt::Formatter<'b>,
    seen: Vec<&'static Meta>,
    indent: String,
}

impl Tree<'_, '_> {
    fn node(&mut self, meta: &'static Meta, branch: &str, edge: &str, below: &str) -> fmt::Result {
        let Self {
            formatter, indent, ..
        } = self;
        write!(
            formatter,
            "{indent}{branch}{edge}{} ({}",
            meta.label(),
            meta.colour
        )?;
        if meta.lifetime != LifetimeKind::RequestScoped {
            write!(formatter, ", {}", meta.lifetime)?;
        }
        if meta.kind == Kind::Guard {
            formatter.write_str(", guard")?;
        }
        formatter.write_str(")")?;

        let children: Vec<(&str, &'static Meta)> = [
            ("requires ", meta.requires),
            ("", meta.deps),
            ("after ", meta.after),
        ]
        .into_iter()
        .flat_map(|(edge, needed)| needed.iter().map(move |needed| (edge, needed())))
        .collect();
        if self.seen.iter().any(|seen| (seen.id)() == (meta.id)()) {
            return self.formatter.write_str(" …\n");
        }
        self.formatter.write_str("\n")?;
        self.seen.push(meta);

        let outer = self.indent.len();
        self.indent.push_str(below);
        for (position, (edge, child)) in children.iter().enumerate() {
            let last = position + 1 == children.len();
            let (branch, below) = if last {
                ("└─ ", "   ")
            } else {
                ("├─ ", "│  ")
            };
            self.node(child, branch, edge, below)?;
        }
        self.indent.truncate(outer);
        Ok(())
    }
}
