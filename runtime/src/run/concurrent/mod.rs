//! The concurrent executor: a node starts as soon as its last input is ready.
//!
//! A [driver](driver) on the executor polls async nodes; [hops](hop) on lane threads run blocking
//! ones, and go on with what becomes ready there. Both change the run only through its
//! [board](board).
//!
//! 1. The board is behind one lock. A node is begun by exactly one thread: it leaves the stage
//!    `Waiting` under that lock.
//! 2. Every node is released exactly once, when it ended or when it is certain that it never starts;
//!    so every count of what a node waits for reaches zero.
//! 3. A future that is polled on a lane thread is polled there once, with a waker that does nothing.
//!    If it waits it goes to the driver, which polls it at once with a waker of its own. So no wake
//!    can be lost on the way.
//! 4. The driver goes to sleep by leaving its waker on the board, under the same lock under which it
//!    saw that nothing is left to do. A hop takes the waker, drops what it holds of the run, and
//!    wakes last.
//! 5. When the driver is dropped the board is closed: nothing starts any more. A blocking node that
//!    runs ends on its thread, and the last thread drops the run.

mod board;
mod driver;
mod hop;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::board::{Board, Ready};
use self::driver::Driver;
use super::node::Start;
use super::{RootCode, Shared};
use crate::context::Context;
use crate::lifetime::Value;
use crate::plan::Outcome;

/// One request that is being resolved.
struct Run<C: Context> {
    shared: Shared<C>,
    board: Mutex<Board<C>>,
}

/// Resolves a plan; see [`resolve`](super::resolve).
pub(super) async fn resolve<C: Context>(
    shared: Shared<C>,
    code: RootCode<C>,
) -> Result<Value, C::Rejection> {
    let board = Mutex::new(Board::new(&shared.plan, code));
    Driver::new(Arc::new(Run { shared, board })).await
}

impl<C: Context> Run<C> {
    fn board(&self) -> MutexGuard<'_, Board<C>> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a node on this thread; `None` if another thread has, or if it is not wanted any more.
    fn begin(&self, node: u32, ready: &mut Ready) -> Option<Start<C>> {
        self.board().begin(&self.shared.plan, node, ready)
    }

    /// Ends a node, and adds what became ready to `ready`.
    fn end(&self, node: u32, outcome: Outcome<C>, ready: &mut Ready) {
        let dropped = self.board().end(&self.shared.plan, node, outcome, ready);
        dropped.discard(self.shared.plan.name(node));
    }
}

impl<C: Context> fmt::Debug for Run<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Run")
            .field("plan", &self.shared.plan)
            .finish_non_exhaustive()
    }
}
