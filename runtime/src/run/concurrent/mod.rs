//! The concurrent executor: a node starts as soon as its last input is ready.
//!
//! A [driver](driver) on the executor polls async nodes, in the order of its [agenda](agenda);
//! [hops](hop) take blocking ones to lane threads, where a [worker](worker) runs them and goes on with
//! what becomes ready there. All change the run only through its [board](board). Before there is one a
//! run goes [ahead](ahead), if nothing of its plan leaves the executor, until a node waits or fails; and
//! the thread of the [first hop](first_hop) does the same with what nodes need, which it is handed by
//! the board.
//!
//! 1. The board is behind one lock. A node is begun by exactly one thread: it leaves the stage
//!    `Waiting` under that lock. While no hop is out the run is [held](held) by its driver alone, which
//!    then needs no lock; what is handed to a thread is nobody else's until it is taken back, and
//!    that thread counts as a node that runs.
//! 2. While the request is wanted, every node is released exactly once: when it ended, or when it is
//!    certain that it never starts. So every count of what a node waits for reaches zero.
//! 3. A future that is polled on a lane thread is polled there once, with a waker that does nothing.
//!    If it waits it goes to the driver, which polls it at once with a waker of its own. So no wake
//!    can be lost on the way.
//! 4. The driver goes to sleep by leaving its waker on the board, under the same lock under which it
//!    saw that nothing is left to do. A hop takes the waker, drops what it holds of the run, and
//!    wakes last.
//! 5. The run is held by its driver and by threads that are at work for it, and by nothing that
//!    waits for a thread. When the driver is dropped the board is closed: nothing starts any more,
//!    a blocking node that runs ends on its thread, and the last thread drops the run. A thread that
//!    comes later finds it gone.
//! 6. A panic outside of any node (in a context, a task-local, a subscriber) breaks the run off: the
//!    driver is told, and rejects.

mod agenda;
mod ahead;
mod board;
mod driver;
mod first_hop;
mod held;
mod hop;
mod post;
mod unshared;
mod waiting;
mod worker;

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::sync::{Mutex, MutexGuard, PoisonError};

use self::board::{Board, Parts};
use self::post::Ready;
use super::at_work::AtWork;
use super::ending::{Estate, Ground, Remains, Surroundings};
use super::node::{NodeEnd, Start};
use super::{Request, RootCode};
use crate::context::Context;
use crate::outcome::Outcome;
use crate::unwind::{Contained, discard};

pub(super) use self::ahead::{Ahead, Halted};
pub(super) use self::driver::Driver;

/// One request that is being resolved.
struct Run<C: Context> {
    around: Surroundings<C>,
    /// Whether a blocking node has begun: what follows comes before other requests.
    has_begun: AtomicBool,
    /// Whether nothing is to start any more, for who has the run for itself and does not see the board.
    is_closed: AtomicBool,
    at_work: AtWork,
    /// How many crossings to threads there were, where somebody wants to be told.
    hops: AtomicU32,
    /// Whether there is anything to be ended when the run is over.
    is_to_be_ended: bool,
    board: Mutex<Board<C>>,
}

impl<C: Context> Run<C> {
    /// A run that has not begun. Adds what can start to `ready`.
    fn new(request: Request<C>, code: Contained<RootCode<C>>, ready: &mut Ready) -> Self {
        let Request {
            plan,
            context,
            scope,
            lane,
            presence,
            borrower,
            recording,
        } = request;
        let is_to_be_ended = plan.has_endings() || plan.drops_any_on_lane() || borrower.is_some();
        let mut board = Board::new(&plan, context, code, presence, borrower);
        board.borrow(lane.app(), &plan, ready);
        board.push_sources(&plan, ready);
        Self {
            has_begun: AtomicBool::new(false),
            is_closed: AtomicBool::new(false),
            at_work: AtWork::default(),
            hops: AtomicU32::new(0),
            is_to_be_ended,
            board: Mutex::new(board),
            around: Surroundings {
                ground: Ground {
                    scope,
                    lane,
                    recording,
                },
                plan,
            },
        }
    }

    /// One that has gone ahead. Adds what can start to `ready`.
    fn resume(
        around: Surroundings<C>,
        parts: Parts<C>,
        begun: Option<u32>,
        ready: &mut Ready,
    ) -> Self {
        Self {
            has_begun: AtomicBool::new(false),
            is_closed: AtomicBool::new(false),
            at_work: AtWork::default(),
            hops: AtomicU32::new(0),
            is_to_be_ended: false,
            board: Mutex::new(Board::after(&around.plan, parts, begun, ready)),
            around,
        }
    }

    fn board(&self) -> MutexGuard<'_, Board<C>> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a node on this thread; `None` if another thread has, or if it is not wanted any more.
    fn begin(&self, node: u32, ready: &mut Ready) -> Option<Start<'static, C>> {
        let Surroundings { ground, plan } = &self.around;
        let mut board = self.board();
        let start = board.begin(plan, node, &ground.lane, ready)?;
        Some(start.take_inputs())
    }

    /// The root has come to its end on this thread, where destructors may block: it drops what it may
    /// before anybody learns of the end, so that nothing of it is left to the driver.
    fn leave_root(&self, end: &NodeEnd<C>) {
        let values = self.board().leave_root(&self.around.plan, end);
        for value in values {
            discard(value);
        }
    }

    /// Ends a node, and adds what became ready to `ready`.
    fn end(&self, node: u32, end: NodeEnd<C>, ready: &mut Ready) {
        let plan = &self.around.plan;
        let obsolete = self.board().end(plan, node, end, ready);
        obsolete.discard(plan);
    }

    fn remains(&self, estate: Estate, outcome: Outcome) -> Option<Remains<C>> {
        Remains::of(estate, outcome, self.around.clone())
    }

    /// Wakes the driver if it sleeps and there is something for it.
    fn wake(&self) {
        let waker = self.board().take_waker(&self.around.plan);
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<C: Context> Drop for Run<C> {
    /// Whoever lets go of the run last ends what is not ended.
    fn drop(&mut self) {
        if !self.is_to_be_ended {
            return;
        }
        let board = self.board.get_mut().unwrap_or_else(PoisonError::into_inner);
        let outcome = board.outcome();
        let estate = board.take_estate();
        if let Some(remains) = estate.and_then(|estate| self.remains(estate, outcome)) {
            remains.end_behind();
        }
    }
}

impl<C: Context> fmt::Debug for Run<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Run")
            .field("plan", &self.around.plan)
            .finish_non_exhaustive()
    }
}
