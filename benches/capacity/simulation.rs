//! The same by events: requests that come, take threads, and go.
//!
//! A request that has blocked before goes first, as on the lane; otherwise who comes first does.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

use rand_distr::{Distribution, Exp1, StandardUniform};
use rand_pcg::Pcg64;
use rand_pcg::rand_core::SeedableRng;

use crate::cases::{Blocking, Case};
use crate::formula::Outcome;

/// How many requests come, and how many of them before anything is counted.
const REQUESTS: usize = 1_000_000;
const WARM_UP: usize = 50_000;

/// The same everywhere and always.
const SEED: u64 = 7;

/// A request that is there.
#[derive(Debug, Clone, Copy)]
struct Request {
    number: usize,
    /// When it asked for a thread.
    asked: f64,
    /// How often it still blocks.
    left: u32,
}

#[derive(Debug, Clone, Copy)]
enum What {
    Arrival,
    /// A thread is free again.
    Unblocked(Request),
    /// What it has awaited is there.
    Woken(Request),
}

#[derive(Debug, Clone, Copy)]
struct Event {
    time: f64,
    what: What,
}

/// The state of the simulated machine.
#[derive(Debug)]
struct Simulation<'c> {
    case: &'c Case,
    random: Pcg64,
    events: BinaryHeap<Event>,
    now: f64,
    idle: usize,
    /// Those who have blocked before, and the others.
    waiting: [VecDeque<Request>; 2],
    arrived: usize,
    refused: usize,
    /// How long was waited for a thread, each time that one was asked for.
    waits: Vec<f64>,
    /// The sum of the times that were blocked, from `since` on.
    blocked: f64,
    since: f64,
}

/// Simulates a case.
pub(crate) fn simulate(case: &Case) -> Outcome {
    let mut simulation = Simulation {
        case,
        random: Pcg64::seed_from_u64(SEED),
        events: BinaryHeap::new(),
        now: 0.0,
        idle: case.threads,
        waiting: [VecDeque::new(), VecDeque::new()],
        arrived: 0,
        refused: 0,
        waits: Vec::new(),
        blocked: 0.0,
        since: 0.0,
    };
    simulation.next_arrival();
    while let Some(Event { time, what }) = simulation.events.pop() {
        simulation.now = time;
        match what {
            What::Arrival => simulation.arrive(),
            What::Unblocked(request) => simulation.unblocked(request),
            What::Woken(request) => simulation.ask(0, request),
        }
        if simulation.arrived == REQUESTS {
            break;
        }
    }
    simulation.outcome()
}

impl Simulation<'_> {
    fn at(&mut self, after: f64, what: What) {
        let time = self.now + after;
        self.events.push(Event { time, what });
    }

    fn next_arrival(&mut self) {
        let gap: f64 = Exp1.sample(&mut self.random);
        self.at(gap / self.case.arrivals, What::Arrival);
    }

    fn arrive(&mut self) {
        self.next_arrival();
        self.arrived += 1;
        if self.arrived == WARM_UP {
            self.since = self.now;
        }
        let full = self.idle == 0 && Some(self.waiting[1].len()) == self.case.places;
        if full {
            self.refused += usize::from(self.arrived > WARM_UP);
            return;
        }
        let request = Request {
            number: self.arrived,
            asked: self.now,
            left: if self.case.awaits.is_some() { 2 } else { 1 },
        };
        self.ask(1, request);
    }

    fn ask(&mut self, queue: usize, request: Request) {
        let request = Request {
            asked: self.now,
            ..request
        };
        self.waiting[queue].push_back(request);
        self.hand_out();
    }

    /// Gives idle threads to those who wait.
    fn hand_out(&mut self) {
        while self.idle > 0 {
            let [before, others] = &mut self.waiting;
            let Some(request) = before.pop_front().or_else(|| others.pop_front()) else {
                return;
            };
            self.idle -= 1;
            let time = self.blocking_time();
            if request.number > WARM_UP {
                self.waits.push(self.now - request.asked);
            }
            if self.arrived >= WARM_UP {
                self.blocked += time;
            }
            self.at(time, What::Unblocked(request));
        }
    }

    fn unblocked(&mut self, request: Request) {
        self.idle += 1;
        let left = request.left - 1;
        if let Some(awaits) = self.case.awaits.filter(|_| left > 0) {
            self.at(awaits, What::Woken(Request { left, ..request }));
        }
        self.hand_out();
    }

    /// How long a request blocks this time.
    fn blocking_time(&mut self) -> f64 {
        let whole = match self.case.blocking {
            Blocking::Constant(time) => time,
            Blocking::Random(mean) => {
                let one: f64 = Exp1.sample(&mut self.random);
                one * mean
            }
            Blocking::Mixed {
                short,
                long,
                long_share,
            } => {
                let drawn: f64 = StandardUniform.sample(&mut self.random);
                if drawn < long_share { long } else { short }
            }
        };
        if self.case.awaits.is_some() {
            whole / 2.0
        } else {
            whole
        }
    }

    fn outcome(mut self) -> Outcome {
        let requests = (REQUESTS - WARM_UP) as f64;
        let asked = self.waits.len() as f64;
        let waited = self.waits.iter().filter(|wait| **wait > 0.0).count();
        let sum: f64 = self.waits.iter().sum();
        self.waits.sort_by(f64::total_cmp);
        Outcome {
            busy: self.blocked / (self.now - self.since),
            share_waiting: waited as f64 / asked,
            mean_wait: sum / (requests - self.refused as f64),
            p99_wait: Some(self.waits[(asked * 0.99) as usize]),
            share_refused: self.refused as f64 / requests,
        }
    }
}

/// The earliest is the greatest: it leaves the heap first.
impl Ord for Event {
    fn cmp(&self, other: &Self) -> Ordering {
        other.time.total_cmp(&self.time)
    }
}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Event {}
