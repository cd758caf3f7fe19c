//! Each node blocks, the handler too.

use hueless::App;
use hueless_benches::seven::all_blocking::read;
use hueless_benches::seven::values::ANSWER;
use hueless_benches::{Competitor, Scenario};

use crate::by_hand::{hops, round_trip};
use crate::own::{OWN, competitor, sequential};
use crate::peers::{auto_di, dill, froodi, rudi};

pub(crate) fn scenario() -> Scenario {
    Scenario::new("all blocking", "request")
        .with(competitor(OWN, App::new(), read::handler))
        .with(competitor(
            "hueless, sequential",
            sequential(),
            read::handler,
        ))
        .with_reference(
            "7 hops",
            Competitor::new("by hand: 7 hops", ANSWER, hops::seven),
        )
        .with_reference(
            "1 hop",
            Competitor::new("by hand: 1 hop", ANSWER, hops::one_closure),
        )
        .with_reference(
            "round trip",
            Competitor::new("one bare round trip", ANSWER, round_trip),
        )
        .with_reference(froodi::NAME, froodi::all_blocking())
        .with_reference(dill::NAME, dill::all_blocking())
        .with_reference(rudi::NAME, rudi::all_blocking())
        .with_reference(auto_di::NAME, auto_di::all_blocking())
}
