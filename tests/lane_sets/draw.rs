//! Draws sets of routes.

use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::pool::{LIMITS, Pool, Waits};

/// How many routes and nodes there are at most.
pub(crate) const ROUTES: usize = 3;
pub(crate) const NODES: usize = 5;

/// Routes that share a pool, and the lane that they are run on.
#[derive(Debug)]
pub(crate) struct Set {
    #[expect(dead_code, reason = "it is printed")]
    seed: u64,
    pub(crate) routes: Vec<Route>,
    pub(crate) waits: Waits,
    pub(crate) things: usize,
    pub(crate) threads: usize,
    pub(crate) seats: usize,
    pub(crate) is_sequential: bool,
    /// Which of the limited dependencies are plain functions.
    pub(crate) plain_limited: [bool; LIMITS.len()],
    pub(crate) pool: Arc<Pool>,
    /// How long each thing takes is drawn while it runs.
    moments: Dice,
}

/// A handler and its dependencies: each needs some of those before it.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) nodes: Vec<Node>,
    pub(crate) is_plain: bool,
    /// The nodes that the handler takes.
    pub(crate) takes: Vec<usize>,
}

#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) is_plain: bool,
    pub(crate) is_guard: bool,
    pub(crate) takes: Vec<usize>,
    /// The limited dependencies that it takes, after those.
    pub(crate) limited: Vec<usize>,
    pub(crate) teardown: Option<Colour>,
    /// Whether it takes a thing of the pool, and when that is given back.
    pub(crate) thing: Option<GivesBack>,
}

/// The colour of a teardown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    Plain,
    Async,
}

/// When a thing is given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GivesBack {
    /// At the end of the handler.
    AtTheEnd,
    /// In the teardown of its node.
    AtTeardown,
    /// When its value is dropped.
    WhenDropped,
}

impl Set {
    pub(crate) fn draw(seed: u64) -> Arc<Self> {
        let dice = Dice::new(seed);
        let waits = match dice.among(0..=2) {
            0 => Waits::Tasks,
            1 => Waits::Threads,
            _ => Waits::Slots,
        };
        let things = dice.among(1..=3);
        let routes = (0..dice.among(1..=ROUTES)).map(|_| Route::draw(&dice, waits));
        Arc::new(Self {
            seed,
            routes: routes.collect(),
            waits,
            things,
            threads: dice.among(1..=4),
            seats: dice.among(4..=32),
            is_sequential: dice.one_in(5),
            plain_limited: LIMITS.map(|_| dice.one_in(2)),
            pool: Pool::new(waits, things),
            moments: dice,
        })
    }

    /// Takes a moment on a task.
    pub(crate) async fn wait(&self) {
        match self.moments.among(0..=7) {
            0 => tokio::time::sleep(self.moment()).await,
            yields => {
                for _ in 1..yields {
                    tokio::task::yield_now().await;
                }
            }
        }
    }

    /// Takes a moment on a thread.
    pub(crate) fn block(&self) {
        match self.moments.among(0..=3) {
            0 => std::thread::sleep(self.moment()),
            yields => (1..yields).for_each(|_| std::thread::yield_now()),
        }
    }

    pub(crate) fn moment(&self) -> Duration {
        Duration::from_micros(self.moments.among(0..=300) as u64)
    }

    pub(crate) fn one_in(&self, times: usize) -> bool {
        self.moments.one_in(times)
    }
}

impl Route {
    fn draw(dice: &Dice, waits: Waits) -> Self {
        let count = dice.among(2..=NODES);
        let has_pool = waits != Waits::Slots;
        let taker = (has_pool && !dice.one_in(7)).then(|| dice.among(0..=count - 1));
        let mut nodes = Vec::new();
        for node in 0..count {
            let takes_thing = taker == Some(node);
            nodes.push(Node {
                is_plain: if takes_thing {
                    waits == Waits::Threads
                } else {
                    dice.one_in(2)
                },
                is_guard: dice.one_in(4),
                takes: some_of(dice, node),
                limited: if has_pool {
                    Vec::new()
                } else {
                    some_of(dice, LIMITS.len())
                },
                teardown: dice.one_in(3).then(|| dice.colour()),
                thing: None,
            });
            if takes_thing {
                nodes[node].take_thing(dice);
            }
        }
        let is_taken = |node: &usize| nodes.iter().any(|it| it.takes.contains(node));
        let alone = (0..count).filter(|node| !is_taken(node));
        let mut takes: Vec<usize> = some_of(dice, count).into_iter().chain(alone).collect();
        takes.sort_unstable();
        takes.dedup();
        Self {
            is_plain: dice.one_in(2),
            nodes,
            takes,
        }
    }
}

impl Node {
    fn take_thing(&mut self, dice: &Dice) {
        let gives_back = match dice.among(0..=2) {
            0 => GivesBack::AtTheEnd,
            1 => GivesBack::AtTeardown,
            _ => GivesBack::WhenDropped,
        };
        if gives_back == GivesBack::AtTeardown {
            self.teardown.get_or_insert_with(|| dice.colour());
        }
        self.thing = Some(gives_back);
    }
}

/// Some of the numbers below `count`.
fn some_of(dice: &Dice, count: usize) -> Vec<usize> {
    (0..count).filter(|_| dice.among(0..=9) < 4).collect()
}

/// Numbers that follow from a seed.
#[derive(Debug)]
struct Dice(AtomicU64);

impl Dice {
    fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed.wrapping_mul(0xd134_2543_de82_ef95)))
    }

    fn among(&self, range: RangeInclusive<usize>) -> usize {
        let step = 0x9e37_79b9_7f4a_7c15;
        let mut number = self.0.fetch_add(step, Ordering::Relaxed).wrapping_add(step);
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        number ^= number >> 31;
        let count = range.end() - range.start() + 1;
        range.start() + (number % count as u64) as usize
    }

    fn one_in(&self, times: usize) -> bool {
        self.among(1..=times) == 1
    }

    fn colour(&self) -> Colour {
        if self.one_in(2) {
            Colour::Plain
        } else {
            Colour::Async
        }
    }
}
