//! The same two routes, written in three ways.

mod by_hand;
mod hueless;
mod mistake;

use std::time::Duration;

use axum::Router;

/// How long the blocking route blocks.
pub(crate) const WORK: Duration = Duration::from_millis(10);

/// The route that blocks.
pub(crate) const SLOW: &str = "/slow";
/// The route that answers at once.
pub(crate) const PING: &str = "/ping";

/// One way to write the server.
#[derive(Debug)]
pub(crate) struct Competitor {
    pub(crate) name: &'static str,
    pub(crate) router: fn() -> Router,
}

/// What ratios are taken to.
pub(crate) const REFERENCE: &str = "by hand";

/// All ways.
pub(crate) const COMPETITORS: [Competitor; 3] = [
    Competitor {
        name: "hueless",
        router: hueless::router,
    },
    Competitor {
        name: REFERENCE,
        router: by_hand::router,
    },
    Competitor {
        name: "blocking the executor",
        router: mistake::router,
    },
];

/// What blocks: a query, a file, a client without async.
fn work() -> &'static str {
    std::thread::sleep(WORK);
    "done"
}
