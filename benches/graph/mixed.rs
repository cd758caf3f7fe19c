//! Token, session and perms block; the others are async, and none waits.

use hueless::App;
use hueless_benches::seven::mixed::read;
use hueless_benches::seven::values::ANSWER;
use hueless_benches::{Competitor, Scenario, Target};

use crate::by_hand::{hops, map_hops, round_trip};
use crate::own::{OWN, competitor, sequential};
use crate::peers::{auto_di, froodi, rudi};

pub(crate) fn scenario() -> Scenario {
    Scenario::new("mixed", "request")
        .with(competitor(OWN, App::new(), read::handler))
        .with(competitor(
            "hueless, sequential",
            sequential(),
            read::handler,
        ))
        .with_reference(
            "3 hops",
            Competitor::new("by hand: 3 hops", ANSWER, hops::three),
        )
        .with(Competitor::new(
            "by hand: 3 hops, 2 at once",
            ANSWER,
            hops::three_joined,
        ))
        .with(Competitor::new("by hand: 1 hop", ANSWER, hops::one))
        .with(Competitor::new(
            "by hand: map of the request",
            ANSWER,
            map_hops::request,
        ))
        .with_reference(
            "round trip",
            Competitor::new("one bare round trip", ANSWER, round_trip),
        )
        .with_reference(froodi::NAME, froodi::mixed())
        .with_reference(rudi::NAME, rudi::mixed())
        .with_reference(auto_di::NAME, auto_di::mixed())
        .target(OWN, Target::at_most(0.4, "3 hops"))
        .target(OWN, Target::at_most(1.2, "round trip"))
}
