//! Each node is async, and none waits.

use hueless::App;
use hueless_benches::seven::all_async::read;
use hueless_benches::seven::values::ANSWER;
use hueless_benches::{Competitor, Scenario, Target};

use crate::by_hand::{apart, arc, boxed, map};
use crate::own::{OWN, competitor, sequential};
use crate::peers::{auto_di, froodi, rudi};

pub(crate) fn scenario() -> Scenario {
    Scenario::new("all async", "request")
        .with(competitor(OWN, App::new(), read::handler))
        .with(competitor(
            "hueless, sequential",
            sequential(),
            read::handler,
        ))
        .with_reference("Arc", Competitor::new("by hand: Arc", ANSWER, arc::request))
        .with_reference(
            "apart",
            Competitor::new("by hand: Arc, nodes compiled apart", ANSWER, apart::request),
        )
        .with_reference(
            "box",
            Competitor::new("by hand: Arc and boxed future", ANSWER, boxed::request),
        )
        .with(Competitor::new(
            "by hand: map of the request",
            ANSWER,
            map::request,
        ))
        .with_reference(froodi::NAME, froodi::all_async())
        .with_reference(rudi::NAME, rudi::all_async())
        .with_reference(auto_di::NAME, auto_di::all_async())
        .target(OWN, Target::at_most(1.0, "Arc"))
        .target(OWN, Target::at_most(1.0, "apart"))
        .target(OWN, Target::at_most(0.75, "box"))
        .target(OWN, Target::Allocations(1.0))
        .target(OWN, Target::faster(20.0, froodi::NAME))
        .target(OWN, Target::faster(20.0, rudi::NAME))
        .target(OWN, Target::faster(20.0, auto_di::NAME))
}
