//! [`Graph`]: what handlers need, as a picture.
//!
//! 1. A picture is drawn from what the attributes saw and what an app replaces: no context is needed,
//!    and nothing runs.
//! 2. What is made once is drawn once, however often it is needed; a transient dependency is drawn for
//!    each use.
//! 3. The same graph is drawn in the same way, letter for letter.
//!
//! `stands` says what a name stands for, `picture` makes nodes and arrows of that, `words` says what
//! is written in a node. Of the formats, only `svg` decides where a node is.

mod dot;
mod mermaid;
mod picture;
mod stands;
mod svg;
mod tree;
mod words;

use std::fmt;
use std::sync::Arc;

use self::picture::Picture;
use self::tree::Tree;
use crate::app::App;
use crate::handler::HandlerMeta;
use crate::meta::Meta;
use crate::plan::Replacements;

/// The graph of a handler, or of several. Its [`Display`](fmt::Display) is a tree of text.
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
/// #[dependency]
/// fn rights(db: Depends<db>, user: Depends<user>) -> bool {
///     db.len() as u64 == *user
/// }
///
/// #[handler]
/// fn show(db: Depends<db>, rights: Depends<rights>) -> String {
///     format!("{} {}", *db, *rights)
/// }
///
/// let tree = "\
/// show (plain)
/// ├─ db (plain)
/// │  └─ config (async, singleton)
/// ┕━ rights (plain)
///    ├─ db (plain) …
///    └─ user (async, guard)
///       └─ db (plain) …
/// ";
/// assert_eq!(Graph::of::<show>().to_string(), tree);
/// ```
///
/// What stands in the tree already ends in `…` and is not spelt out again; `requires` and `after`
/// are said beside the name they bring in.
///
/// # Pictures
///
/// [`to_svg`](Self::to_svg) draws by itself; [`to_mermaid`](Self::to_mermaid) is for Markdown, and
/// [`to_dot`](Self::to_dot) for Graphviz. [`App::graph`] shows what an app replaces.
///
/// # Which functions share a hop
///
/// A heavy line leads to a function after which a request goes on, on the same thread: above, `rights`
/// and `show` share a hop. That holds however long async functions wait: those that do not wait save
/// more hops than are drawn. Extractors count as done at once, and singletons as made.
///
/// Functions of one hop that do not need one another may still run side by side: they share a thread
/// when they are known to be short. For Graphviz and Mermaid the functions of a hop stand in a frame,
/// if the graph is that of one handler.
#[derive(Debug, Clone)]
pub struct Graph {
    roots: Vec<Root>,
}

/// A handler, in an app.
#[derive(Debug, Clone)]
struct Root {
    meta: &'static Meta,
    replacements: Arc<Replacements>,
}

impl Graph {
    /// The graph of the handler `H`, as it is written.
    #[must_use]
    pub fn of<H: HandlerMeta>() -> Self {
        Self::in_app::<H>(Arc::default())
    }

    /// The graph of several handlers, such as those of a router. What they share is drawn once.
    ///
    /// ```
    /// use hueless::{Depends, Graph, dependency, handler};
    ///
    /// #[dependency(singleton)]
    /// fn db() -> Vec<u32> {
    ///     vec![1, 2]
    /// }
    ///
    /// #[handler]
    /// fn list(db: Depends<db>) -> String {
    ///     format!("{db:?}")
    /// }
    ///
    /// #[handler]
    /// fn count(db: Depends<db>) -> String {
    ///     db.len().to_string()
    /// }
    ///
    /// let tree = "\
    /// list (plain)
    /// └─ db (plain, singleton)
    /// count (plain)
    /// └─ db (plain, singleton) …
    /// ";
    /// let graph = Graph::together([Graph::of::<list>(), Graph::of::<count>()]);
    /// assert_eq!(graph.to_string(), tree);
    /// ```
    #[must_use]
    pub fn together(graphs: impl IntoIterator<Item = Self>) -> Self {
        let roots = graphs.into_iter().flat_map(|graph| graph.roots);
        Self {
            roots: roots.collect(),
        }
    }

    fn in_app<H: HandlerMeta>(replacements: Arc<Replacements>) -> Self {
        Self {
            roots: vec![Root {
                meta: H::META,
                replacements,
            }],
        }
    }

    /// The graph in the language of Graphviz.
    ///
    /// ```
    /// use hueless::{Depends, Graph, dependency, handler};
    ///
    /// #[dependency]
    /// fn db() -> u8 {
    ///     1
    /// }
    ///
    /// #[handler]
    /// async fn read(db: Depends<db>) -> String {
    ///     db.to_string()
    /// }
    ///
    /// let dot = Graph::of::<read>().to_dot();
    /// assert!(dot.starts_with("digraph {"));
    /// assert!(dot.contains("n0 -> n1"));
    /// ```
    ///
    /// `dot -Tpng graph.dot -o graph.png` draws it.
    #[must_use]
    pub fn to_dot(&self) -> String {
        dot::write(&Picture::of(&self.roots))
    }

    /// The graph as a Mermaid flowchart, which Markdown shows in many places.
    ///
    /// ```
    /// use hueless::{Depends, Graph, dependency, handler};
    ///
    /// #[dependency]
    /// fn db() -> u8 {
    ///     1
    /// }
    ///
    /// #[handler]
    /// async fn read(db: Depends<db>) -> String {
    ///     db.to_string()
    /// }
    ///
    /// let mermaid = Graph::of::<read>().to_mermaid();
    /// assert!(mermaid.starts_with("flowchart LR\n"));
    /// assert!(mermaid.contains("n0 --> n1"));
    /// ```
    #[must_use]
    pub fn to_mermaid(&self) -> String {
        mermaid::write(&Picture::of(&self.roots))
    }

    /// The graph as a drawing with a legend, in one piece: it needs no font, no script and no other
    /// file, and has colours for a dark screen and for a light one.
    ///
    /// ```
    /// use hueless::{Depends, Graph, dependency, handler};
    ///
    /// #[dependency]
    /// fn db() -> u8 {
    ///     1
    /// }
    ///
    /// #[handler]
    /// async fn read(db: Depends<db>) -> String {
    ///     db.to_string()
    /// }
    ///
    /// let svg = Graph::of::<read>().to_svg();
    /// assert!(svg.starts_with("<svg xmlns="));
    /// ```
    #[must_use]
    pub fn to_svg(&self) -> String {
        svg::write(&Picture::of(&self.roots), &self.to_string())
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
        Graph::in_app::<H>(Arc::clone(self.replacements()))
    }
}

impl fmt::Display for Graph {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Tree::new(formatter, &Picture::of(&self.roots)).write()
    }
}
