//! [`Graph`]: what a handler needs, as a picture.

mod tree;

use std::fmt;
use std::sync::Arc;

use self::tree::Tree;
use crate::app::App;
use crate::handler::HandlerMeta;
use crate::meta::Meta;
use crate::plan::Replacements;

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
    replacements: Arc<Replacements>,
}

impl Graph {
    /// The graph of the handler `H`, as it is written.
    #[must_use]
    pub fn of<H: HandlerMeta>() -> Self {
        Self {
            root: H::META,
            replacements: Arc::default(),
        }
    }
}

impl App {
    /// The graph of a handler, with what the app replaces.
    ///
    /// ```
    /// use hueless::{App, Call, Depends, dependency, handler};
    ///
    /// #[dependency(singleton)]
    /// async fn config() -> u64 {
    ///     30
    /// }
    ///
    /// #[dependency]
    /// fn db(config: Depends<config>) -> u64 {
    ///     *config
    /// }
    ///
    /// #[dependency]
    /// async fn slow_db(db: Depends<db>, config: Depends<config>) -> u64 {
    ///     *db + *config
    /// }
    ///
    /// #[handler]
    /// async fn read(db: Depends<db>) -> u64 {
    ///     *db
    /// }
    ///
    /// let app = App::builder()
    ///     .replace_with::<config>(5)
    ///     .on::<Call>()
    ///     .replace::<db, slow_db>()
    ///     .build()
    ///     .unwrap();
    /// let tree = "\
    /// read (async)
    /// └─ db (plain) replaced in Call by slow_db (async)
    ///    ├─ db (plain)
    ///    │  └─ config (value)
    ///    └─ config (value) …
    /// ";
    /// assert_eq!(app.graph::<read>().to_string(), tree);
    /// ```
    ///
    /// What is replaced says in which context, and what is in several says by what in each.
    #[must_use]
    pub fn graph<H: HandlerMeta>(&self) -> Graph {
        Graph {
            root: H::META,
            replacements: Arc::clone(self.replacements()),
        }
    }
}

impl fmt::Display for Graph {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Tree::new(formatter, &self.replacements).root(self.root)
    }
}
