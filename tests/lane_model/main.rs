//! The lane, played through. What is tested are the very source files of its queue and its threads: the
//! queue by every order of events, the threads under schedules that a model chooses, on primitives of
//! its own.
//!
//! 1. The queue keeps its invariants, compared after each event with a reference that is nothing but
//!    lists: every sequence of a few events, and random long ones.
//! 2. Threads, whoever of them goes on at each point where it could matter: random schedules, and
//!    such that keep to priorities with a few changes. Time passes when the model says so, so a thread
//!    may have waited too long at any point, and a thread that cannot be started is one of the choices.
//!    A deadlock in any schedule is a failure.
//!
//! A failure prints its schedule: `LANE_MODEL_REPLAY` with it plays that one again, with the name of
//! the test. `LANE_MODEL_TIMES` says how many times as many schedules are tried.

mod events;
mod explore;
mod jobs;
#[path = "../../runtime/src/lane/pool.rs"]
mod pool;
#[path = "../../runtime/src/lane/queue.rs"]
mod queue;
mod reference;
mod sync;
mod world;

mod scenarios {
    mod endings;
    mod long;
    mod ordinary;
    mod refusals;
    mod seats;
    mod stalls;
    mod timeouts;
}
