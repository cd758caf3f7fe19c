//! A blocking node, an async one that does not wait, a blocking one.

use hueless::{App, PollOnLane};
use hueless_benches::shapes::{Colour, Form, Shape};
use hueless_benches::{Competitor, Scenario};

use crate::by_hand::{self, chain_in_one, there_and_back};
use crate::own::competitor;

pub(crate) fn scenario() -> Scenario {
    let shape = Shape::new(Form::Chain, 3, Colour::Alternating);
    let never = App::builder().poll_on_lane(PollOnLane::Never);
    by_hand::scenario("blocking, async, blocking")
        .with(competitor("hueless", App::builder(), &shape))
        .with(competitor(
            "hueless, async on the executor only",
            never,
            &shape,
        ))
        .with(Competitor::new("by hand: 2 hops", 3, there_and_back))
        .with(Competitor::new("by hand: 1 hop", 3, || chain_in_one(3)))
}
