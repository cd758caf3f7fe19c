//! What surrounds the pool in one schedule: its threads, who waits for what, and the time.
//!
//! All threads of the model are played on the thread of the test, so the world is local to that. It is
//! never borrowed where the model may let another thread go on.

use std::cell::RefCell;
use std::sync::atomic::Ordering;

use shuttle::rand::{Rng, thread_rng};
use shuttle::sync::atomic::AtomicBool;
use shuttle::thread::{self, JoinHandle, Thread, ThreadId};

thread_local! {
    static WORLD: RefCell<World> = RefCell::default();
}

#[derive(Default)]
struct World {
    conditions: usize,
    waiters: Vec<Waiter>,
    /// Who holds locks, once for each.
    holders: Vec<ThreadId>,
    /// Threads of the pool that have not ended.
    alive: usize,
    started: usize,
    threads: Vec<JoinHandle<()>>,
    /// How many more threads may be refused.
    refusals: usize,
    refused: usize,
}

struct Waiter {
    condition: usize,
    thread: Thread,
    can_time_out: bool,
    is_told: bool,
    has_timed_out: bool,
}

impl Waiter {
    fn goes_on(&self) -> bool {
        self.is_told || self.has_timed_out
    }
}

fn with<T>(change: impl FnOnce(&mut World) -> T) -> T {
    WORLD.with_borrow_mut(change)
}

/// Plays a scenario in a new world, and has it leave nothing behind.
pub(crate) fn play(scenario: impl FnOnce()) {
    drop(WORLD.take());
    scenario();
    join_threads();
    with(|world| {
        assert_eq!(world.alive, 0, "threads of the pool are left");
        assert!(world.waiters.is_empty(), "somebody waits");
        assert!(world.holders.is_empty(), "a lock is held");
    });
}

/// A point where the model may let another thread go on.
pub(crate) fn others_may_go_on() {
    AtomicBool::new(false).load(Ordering::SeqCst);
}

pub(crate) fn locks() {
    let me = thread::current().id();
    with(|world| world.holders.push(me));
}

pub(crate) fn unlocks() {
    let me = thread::current().id();
    with(|world| {
        let held = world.holders.iter().position(|holder| *holder == me);
        world.holders.swap_remove(held.expect("the lock is held"));
    });
}

/// Fails if the current thread holds a lock.
pub(crate) fn must_hold_no_lock() {
    let me = thread::current().id();
    with(|world| assert!(!world.holders.contains(&me), "this is done under a lock"));
}

pub(crate) fn new_condition() -> usize {
    with(|world| {
        world.conditions += 1;
        world.conditions
    })
}

/// Waits to be told of a condition, or for too long. Returns whether it was too long.
pub(crate) fn wait(condition: usize, can_time_out: bool) -> bool {
    let me = thread::current();
    let id = me.id();
    with(|world| {
        world.waiters.push(Waiter {
            condition,
            thread: me,
            can_time_out,
            is_told: false,
            has_timed_out: false,
        });
    });
    loop {
        // May return for no reason.
        thread::park();
        let waited = with(|world| {
            let mut waiters = world.waiters.iter();
            let place = waiters.position(|waiter| waiter.thread.id() == id && waiter.goes_on());
            place.map(|place| world.waiters.swap_remove(place))
        });
        if let Some(waiter) = waited {
            return waiter.has_timed_out;
        }
    }
}

pub(crate) fn tell_one(condition: usize) {
    change_one(
        |waiter| waiter.condition == condition && !waiter.is_told,
        |waiter| waiter.is_told = true,
    );
}

pub(crate) fn tell_all(condition: usize) {
    let told: Vec<Thread> = with(|world| {
        let waiters = world.waiters.iter_mut();
        let all = waiters.filter(|waiter| waiter.condition == condition && !waiter.is_told);
        all.map(|waiter| {
            waiter.is_told = true;
            waiter.thread.clone()
        })
        .collect()
    });
    for thread in told {
        thread.unpark();
    }
}

/// Has somebody wait too long, if anybody can.
pub(crate) fn let_time_pass() {
    others_may_go_on();
    change_one(
        |waiter| waiter.can_time_out && !waiter.has_timed_out,
        |waiter| waiter.has_timed_out = true,
    );
}

fn change_one(which: impl Fn(&Waiter) -> bool, change: impl FnOnce(&mut Waiter)) {
    let changed = with(|world| {
        let waiters = world.waiters.iter_mut();
        let mut candidates: Vec<&mut Waiter> = waiters.filter(|waiter| which(waiter)).collect();
        if candidates.is_empty() {
            return None;
        }
        let chosen = thread_rng().gen_range(0..candidates.len());
        let waiter = candidates.swap_remove(chosen);
        change(waiter);
        Some(waiter.thread.clone())
    });
    if let Some(thread) = changed {
        thread.unpark();
    }
}

/// Lets the world refuse up to so many threads.
pub(crate) fn may_refuse(threads: usize) {
    with(|world| world.refusals = threads);
}

pub(crate) fn refuses_to_start() -> bool {
    with(|world| {
        let refuses = world.refusals > 0 && thread_rng().gen_bool(0.5);
        world.refusals -= usize::from(refuses);
        world.refused += usize::from(refuses);
        refuses
    })
}

pub(crate) fn refused() -> usize {
    with(|world| world.refused)
}

pub(crate) fn starts() {
    with(|world| {
        world.alive += 1;
        world.started += 1;
    });
}

pub(crate) fn has_started(thread: JoinHandle<()>) {
    with(|world| world.threads.push(thread));
}

pub(crate) fn ends() {
    with(|world| world.alive -= 1);
}

/// How many threads the pool has started.
pub(crate) fn started() -> usize {
    with(|world| world.started)
}

/// How many threads the pool has.
pub(crate) fn alive() -> usize {
    with(|world| world.alive)
}

/// Waits until no thread of the pool can go on by itself. Nobody else may use the pool meanwhile.
pub(crate) fn settle() {
    let is_settled = || {
        with(|world| {
            let waiting = world.waiters.iter().filter(|waiter| !waiter.goes_on());
            waiting.count() == world.alive
        })
    };
    while !is_settled() {
        thread::yield_now();
    }
}

/// Waits until the threads of the pool have ended.
fn join_threads() {
    while let Some(thread) = with(|world| world.threads.pop()) {
        thread.join().expect("threads of the pool do not panic");
    }
}
