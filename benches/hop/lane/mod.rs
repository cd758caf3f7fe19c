//! Many producers of jobs that each block for a moment.
//!
//! Each producer waits for one job before it makes the next. What is measured is a job, and on how many
//! threads jobs ran.

mod producers;
mod threads;

use hueless_benches::{Scenario, Target};

use self::producers::{hueless_handler, hueless_offload, hueless_seat, spawn_blocking};

const RAW: &str = "raw";
const THREADS: &str = "threads";

/// With how many producers, and how many times a raw job a job may take.
const PRODUCERS: [(u32, f64); 4] = [(1, 1.2), (2, 1.2), (8, 0.5), (64, 0.25)];

pub(crate) fn scenarios() -> Vec<Scenario> {
    let scenarios = PRODUCERS.into_iter();
    scenarios
        .map(|(count, most)| scenario(count, most))
        .collect()
}

fn scenario(producers: u32, most: f64) -> Scenario {
    let name = match producers {
        1 => "jobs of 1 producer".to_owned(),
        _ => format!("jobs of {producers} producers"),
    };
    let rows = [
        hueless_seat(producers),
        hueless_offload(producers),
        hueless_handler(producers),
    ];
    let mut scenario = Scenario::new(name, "job").with_reference(RAW, spawn_blocking(producers));
    for row in rows {
        let name = row.name().to_owned();
        scenario = scenario.with(row).target(&name, Target::at_most(most, RAW));
        if producers >= 64 {
            let threads = Target::FigureRatio(0.1, THREADS, RAW.to_owned());
            scenario = scenario.target(name, threads);
        }
    }
    scenario
}
