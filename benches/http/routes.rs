//! The routes, which have the same names on all servers.

/// The route that answers at once, from an `async fn`.
pub(crate) const PING: &str = "/ping";
/// The same from a plain `fn`.
pub(crate) const PLAIN: &str = "/plain";
/// The same from a plain `fn` that is declared to be short.
pub(crate) const INLINE: &str = "/inline";
/// The same from an `async fn` with a dependency that is declared to be short.
pub(crate) const INLINE_DEPENDENCY: &str = "/inline/dependency";
/// A handler with six dependencies of both colours, as the framework resolves them.
pub(crate) const GRAPH: &str = "/graph";
/// The same by hand, with a thread hop for each of the three functions that block.
pub(crate) const GRAPH_THREE_HOPS: &str = "/graph/three-hops";
/// The same by hand, with all that blocks, and what lies between, in one thread hop.
pub(crate) const GRAPH_ONE_HOP: &str = "/graph/one-hop";
/// The same with every function `async`, none of which ever waits.
pub(crate) const GRAPH_ASYNC: &str = "/graph/async";
/// A handler that needs two async and two blocking values, each of which takes [`LONG`](crate::work::LONG).
pub(crate) const FOUR: &str = "/four";
/// The same by hand, one value after the other.
pub(crate) const FOUR_IN_TURN: &str = "/four/in-turn";
/// A plain `fn` that blocks for [`SLOW_TIME`](crate::work::SLOW_TIME).
pub(crate) const SLOW: &str = "/slow";
