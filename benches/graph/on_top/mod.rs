//! What is paid on top of the graph by a request that has more to it.

mod span;
mod torn_down;

use hueless::App;
use hueless_benches::seven::{all_async, mixed};
use hueless_benches::{Competitor, Scenario};

use crate::own::{OWN, competitor};

pub(crate) fn scenarios() -> [Scenario; 2] {
    [
        scenario(
            "all async, on top",
            |name, app| competitor(name, app, all_async::read::handler),
            [torn_down::async_db(), torn_down::plain_db()],
        )
        .with(span::around(IN_A_SPAN, all_async::read::handler)),
        scenario(
            "mixed, on top",
            |name, app| competitor(name, app, mixed::read::handler),
            [torn_down::async_session(), torn_down::plain_session()],
        )
        .with(span::around(IN_A_SPAN, mixed::read::handler)),
    ]
}

const IN_A_SPAN: &str = "in a span";

/// `torn_down`: with an async teardown, and with a plain one.
fn scenario(
    name: &str,
    own: fn(&'static str, App) -> Competitor,
    [torn_down_async, torn_down_plain]: [App; 2],
) -> Scenario {
    Scenario::new(name, "request")
        .with_reference("without", own(OWN, App::new()))
        .with(own("one async teardown", torn_down_async))
        .with(own("one plain teardown", torn_down_plain))
}
