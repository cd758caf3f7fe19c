//! A row for each size, all compared with that of ten.

use hueless_benches::shapes::Form;
use hueless_benches::{Competitor, Scenario, Target};

const SIZES: [usize; 4] = [1, 10, 100, 1_000];

/// What one node of a thousand may cost, as a multiple of one of ten.
const MOST: f64 = 1.3;

/// The forms, with their names.
pub(crate) const FORMS: [(Form, &str); 3] = [
    (Form::Chain, "chain"),
    (Form::FanOut, "fan-out"),
    (Form::Lattice, "lattice"),
];

/// A scenario with a row for each size. What is allocated is that of a whole request.
pub(crate) fn scenario(name: &str, competitor: impl Fn(usize) -> Competitor) -> Scenario {
    let mut scenario = Scenario::new(name, "node").counting_whole_runs();
    for size in SIZES {
        let competitor = competitor(size).units(size as u32);
        scenario = if size == 10 {
            scenario.with_reference("10", competitor)
        } else {
            scenario.with(competitor)
        };
    }
    scenario.target(named(1_000), Target::at_most(MOST, "10"))
}

/// The name of the row of that size.
pub(crate) fn named(size: usize) -> String {
    match size {
        1 => "1 node".to_owned(),
        _ => format!("{size} nodes"),
    }
}

/// The names of all rows.
pub(crate) fn names() -> impl Iterator<Item = String> {
    SIZES.into_iter().map(named)
}
