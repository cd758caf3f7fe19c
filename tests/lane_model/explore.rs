//! How schedules are chosen.

use std::env;
use std::time::Instant;

use shuttle::Config;
use shuttle::Runner;
use shuttle::scheduler::{PctScheduler, RandomScheduler, Scheduler};

use crate::world;

/// How many schedules with a random choice at each point.
const RANDOM: usize = 10_000;

/// How many schedules that keep to priorities.
const BY_PRIORITY: usize = 2_500;

/// How often priorities change in a schedule.
const CHANGES: usize = 3;

/// Plays a scenario under many schedules, and says how many.
pub(crate) fn explore(name: &str, scenario: fn()) {
    if let Ok(schedule) = env::var("LANE_MODEL_REPLAY") {
        shuttle::replay(move || world::play(scenario), &schedule);
        return;
    }
    let times = env::var("LANE_MODEL_TIMES").map_or(1, |times| {
        times.parse().expect("LANE_MODEL_TIMES is a number")
    });
    let begun = Instant::now();
    let random = run(RandomScheduler::new(RANDOM * times), scenario);
    let by_priority = run(PctScheduler::new(CHANGES, BY_PRIORITY * times), scenario);
    let seconds = begun.elapsed().as_secs_f32();
    println!("{name}: {random} random schedules, {by_priority} by priority, {seconds:.1} s");
}

fn run(scheduler: impl Scheduler + 'static, scenario: fn()) -> usize {
    let mut config = Config::new();
    // What a failed assertion formats needs more than the default, without optimisation.
    config.stack_size = 0x4_0000;
    Runner::new(scheduler, config).run(move || world::play(scenario))
}
