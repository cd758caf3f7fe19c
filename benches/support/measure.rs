//! The rounds: one sample of each competitor in each of them.

use std::time::Duration;

use crate::allocations::{Allocations, allocations_of};
use crate::clock::{Moment, Passed};
use crate::competitor::Competitor;
use crate::scenario::Scenario;
use crate::stage::Stage;

/// How much CPU time a sample takes, about.
const SAMPLE: Duration = Duration::from_millis(10);

/// How often allocations are counted, and for how many times what is done.
const COUNTS: usize = 3;
const COUNTED: u32 = 64;

/// What is known of a competitor: times for one unit, allocations for all of a run.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    /// Nanoseconds on the wall, by round.
    pub(crate) wall: Vec<f64>,
    /// Nanoseconds of CPU time, by round.
    pub(crate) cpu: Vec<f64>,
    pub(crate) blocks: f64,
    pub(crate) bytes: f64,
    pub(crate) figures: Vec<(&'static str, f64)>,
}

/// Checks that each competitor of a scenario comes to the value that it should.
pub(crate) fn check(scenario: &Scenario) -> Result<(), String> {
    runners(scenario).map(drop)
}

/// Checks the competitors of a scenario and measures them. Each round begins with another one, so that a
/// noisy moment of the machine does not fall on one alone.
pub(crate) fn measure(scenario: &Scenario, rounds: usize) -> Result<Vec<Measured>, String> {
    let mut runners = runners(scenario)?;
    for runner in &mut runners {
        runner.times = times_in_a_sample(&runner.stage, runner.competitor)?;
    }
    for round in 0..rounds {
        for turn in 0..runners.len() {
            let next = (round + turn) % runners.len();
            runners[next].take_sample()?;
        }
    }
    let measured = runners.into_iter().map(Runner::finish);
    measured.collect()
}

fn runners(scenario: &Scenario) -> Result<Vec<Runner<'_>>, String> {
    let runner = |competitor| {
        let named = |error| format!("{}: {error}", scenario.name);
        Runner::new(competitor).map_err(named)
    };
    scenario.competitors.iter().map(runner).collect()
}

/// A competitor, which comes to the value that it should. It has a runtime of its own: one that starts
/// threads would leave them to the next.
struct Runner<'a> {
    stage: Stage,
    competitor: &'a Competitor,
    /// How often a sample does it.
    times: u32,
    measured: Measured,
}

impl<'a> Runner<'a> {
    fn new(competitor: &'a Competitor) -> Result<Self, String> {
        let stage = Stage::new()?;
        let given = stage.run(&competitor.code, 1)?;
        if given != competitor.gives {
            let Competitor { name, gives, .. } = competitor;
            return Err(format!("`{name}` comes to {given} instead of {gives}"));
        }
        Ok(Self {
            stage,
            competitor,
            times: 1,
            measured: Measured::default(),
        })
    }

    fn take_sample(&mut self) -> Result<(), String> {
        let passed = sample(&self.stage, self.competitor, self.times)?;
        let (times, units) = (f64::from(self.times), f64::from(self.competitor.units));
        let each = |time: Duration| time.as_nanos() as f64 / times / units;
        self.measured.wall.push(each(passed.wall));
        self.measured.cpu.push(each(passed.cpu));
        Ok(())
    }

    fn finish(mut self) -> Result<Measured, String> {
        let figures = self.competitor.figures.iter();
        let figures = figures.map(|figure| (figure.name, (figure.read)()));
        self.measured.figures = figures.collect();
        count(&self.stage, self.competitor, &mut self.measured)?;
        Ok(self.measured)
    }
}

fn sample(stage: &Stage, competitor: &Competitor, times: u32) -> Result<Passed, String> {
    let begun = Moment::now();
    stage.run(&competitor.code, times)?;
    Ok(Moment::now() - begun)
}

/// How often a competitor does it in the time of a sample. Warms it up as well. On the clock on the wall
/// a neighbour's turn would pass for a slow competitor, whose samples would then be too short.
fn times_in_a_sample(stage: &Stage, competitor: &Competitor) -> Result<u32, String> {
    let mut times = 1;
    loop {
        let cpu = sample(stage, competitor, times)?.cpu;
        if cpu >= SAMPLE / 4 {
            let fit = SAMPLE.as_secs_f64() / cpu.as_secs_f64();
            return Ok((f64::from(times) * fit).max(1.0) as u32);
        }
        times *= 2;
    }
}

/// Counts what a competitor allocates. What a batch allocates by itself is in a short one and in a long
/// one alike, and what goes on elsewhere only ever adds.
fn count(stage: &Stage, competitor: &Competitor, measured: &mut Measured) -> Result<(), String> {
    let (mut blocks, mut bytes) = (u64::MAX, u64::MAX);
    for _ in 0..COUNTS {
        let few = count_once(stage, competitor, COUNTED)?;
        let many = count_once(stage, competitor, 2 * COUNTED)?;
        blocks = blocks.min(many.blocks.saturating_sub(few.blocks));
        bytes = bytes.min(many.bytes.saturating_sub(few.bytes));
    }
    let each = |count: u64| count as f64 / f64::from(COUNTED);
    (measured.blocks, measured.bytes) = (each(blocks), each(bytes));
    Ok(())
}

fn count_once(stage: &Stage, competitor: &Competitor, times: u32) -> Result<Allocations, String> {
    let mut ran = Ok(0);
    let allocations = allocations_of(|| ran = stage.run(&competitor.code, times));
    ran.map(|_| allocations)
}
