//! A chain of blocking nodes: one hop, however long it is.

use hueless::App;
use hueless_benches::shapes::{Colour, Form, Shape};
use hueless_benches::{Competitor, Scenario, Target};

use crate::by_hand::{self, ROUND_TRIP, chain_in_one};
use crate::own::competitor;

const LENGTHS: [usize; 6] = [1, 2, 4, 8, 16, 32];

pub(crate) fn scenario() -> Scenario {
    let mut scenario = by_hand::scenario("chain of blocking nodes");
    for length in LENGTHS {
        let name = format!("hueless: {length}");
        let shape = Shape::new(Form::Chain, length, Colour::Blocking);
        let target = Target::at_most(1.10 + 0.02 * length as f64, ROUND_TRIP);
        scenario = scenario
            .with(competitor(&name, App::builder(), &shape))
            .target(name, target);
    }
    for length in LENGTHS {
        let name = format!("by hand, in one closure: {length}");
        let steps = length as u64;
        let by_hand = Competitor::new(name, steps, move || chain_in_one(steps));
        scenario = scenario.with(by_hand);
    }
    scenario
}
