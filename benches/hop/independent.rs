//! Blocking nodes that do not need each other. All are short, and after some requests known to be.

use hueless::App;
use hueless_benches::shapes::{Colour, Form, Shape};
use hueless_benches::{Competitor, Scenario};

use crate::by_hand::{self, at_once};
use crate::own::competitor;

const COUNTS: [usize; 5] = [1, 2, 4, 8, 16];

pub(crate) fn scenario() -> Scenario {
    let mut scenario = by_hand::scenario("independent blocking nodes");
    for count in COUNTS {
        let shape = Shape::new(Form::FanOut, count, Colour::Blocking);
        let own = competitor(format!("hueless: {count}"), App::builder(), &shape);
        scenario = scenario.with(own);
    }
    for count in COUNTS {
        let name = format!("by hand, all at once: {count}");
        let by_hand = Competitor::new(name, count as u64, move || at_once(count));
        scenario = scenario.with(by_hand);
    }
    scenario
}
