//! [`Held`]: a run as its driver has it, alone or together with threads.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::Ordering;
use std::sync::{Arc, MutexGuard, PoisonError};

use super::Run;
use super::ahead::Halt;
use super::board::{Board, Closed};
use super::post::Ready;
use crate::context::Context;
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::run::ending::{Remains, Surroundings};
use crate::run::node::{self, NodeEnd, Started, Where};
use crate::run::observed::{self, Observed};

/// What a driver holds its run by.
pub(super) enum Holder<C: Context> {
    /// It sends nothing to a thread.
    Only(Box<Run<C>>),
    /// It may, and a hop holds it from then on.
    Shared(Arc<Run<C>>),
}

impl<C: Context> Holder<C> {
    pub(super) fn new(run: Run<C>) -> Self {
        if run.around.plan.goes_elsewhere() {
            Self::Shared(Arc::new(run))
        } else {
            Self::Only(Box::new(run))
        }
    }

    pub(super) fn shared(&self) -> Option<&Arc<Run<C>>> {
        match self {
            Self::Only(_) => None,
            Self::Shared(run) => Some(run),
        }
    }

    pub(super) fn around(&self) -> &Surroundings<C> {
        match self {
            Self::Only(run) => &run.around,
            Self::Shared(run) => &run.around,
        }
    }
}

/// The run as it is held now. A hop on its way holds it weakly, and so is seen as well. As a function it
/// could not return what the first look has borrowed.
macro_rules! held {
    ($holder:expr) => {
        match $holder {
            Holder::Only(run) => Held::Alone(run),
            Holder::Shared(run) => match Arc::get_mut(run) {
                Some(run) => Held::Alone(run),
                None => Held::Shared(run),
            },
        }
    };
}

pub(super) use held;

/// A run as its driver has it.
pub(super) enum Held<'run, C: Context> {
    /// No hop is out, or on its way.
    Alone(&'run mut Run<C>),
    Shared(&'run Run<C>),
}

/// The board of a run, locked if anybody else could reach it.
pub(super) enum OnBoard<'run, C: Context> {
    Alone(&'run mut Board<C>),
    Locked(MutexGuard<'run, Board<C>>),
}

impl<C: Context> Deref for OnBoard<'_, C> {
    type Target = Board<C>;

    fn deref(&self) -> &Board<C> {
        match self {
            Self::Alone(board) => board,
            Self::Locked(board) => board,
        }
    }
}

impl<C: Context> DerefMut for OnBoard<'_, C> {
    fn deref_mut(&mut self) -> &mut Board<C> {
        match self {
            Self::Alone(board) => board,
            Self::Locked(board) => board,
        }
    }
}

impl<C: Context> Held<'_, C> {
    pub(super) fn around(&self) -> &Surroundings<C> {
        match self {
            Self::Alone(run) => &run.around,
            Self::Shared(run) => &run.around,
        }
    }

    pub(super) fn plan(&self) -> &Plan<C> {
        &self.around().plan
    }

    pub(super) fn is_shared(&self) -> bool {
        matches!(self, Self::Shared(_))
    }

    pub(super) fn is_to_be_ended(&self) -> bool {
        match self {
            Self::Alone(run) => run.is_to_be_ended,
            Self::Shared(run) => run.is_to_be_ended,
        }
    }

    /// The board, and where the run takes place.
    pub(super) fn open(&mut self) -> (OnBoard<'_, C>, &Surroundings<C>) {
        match self {
            Self::Alone(run) => {
                let board = run.board.get_mut().unwrap_or_else(PoisonError::into_inner);
                (OnBoard::Alone(board), &run.around)
            }
            Self::Shared(run) => (OnBoard::Locked(run.board()), &run.around),
        }
    }

    pub(super) fn board(&mut self) -> OnBoard<'_, C> {
        self.open().0
    }

    /// Begins what comes before the first hop, for as far as nothing else is to be seen to, if nothing has
    /// begun. Returns what became of the last node, if that is not simply done.
    pub(super) fn go_ahead(&mut self, ready: &mut Ready) -> Halt<C> {
        let Self::Alone(run) = self else {
            return None;
        };
        let Surroundings { ground, plan } = &run.around;
        let hop = plan.first_hop().filter(|hop| !hop.before.is_empty())?;
        if observed::is_any(ground.recording.as_ref()) {
            return None;
        }
        let board = run.board.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut unshared = board.unshared(plan)?;
        let mut done = 0;
        let halt = unshared.go_in_place(&hop.before, &mut done);
        let begun = halt.as_ref().map(|(node, _)| *node);
        *ready = board.catch_up(plan, &hop.before[..done], begun);
        halt
    }

    /// Starts a node here; `None` if another thread has, or if it is not wanted any more.
    pub(super) fn start(&mut self, node: u32, ready: &mut Ready) -> Option<Started<C>> {
        let (start, around) = match self {
            Self::Alone(run) => {
                let Surroundings { ground, plan } = &run.around;
                let board = run.board.get_mut().unwrap_or_else(PoisonError::into_inner);
                (board.begin(plan, node, &ground.lane, ready)?, &run.around)
            }
            Self::Shared(run) => (run.begin(node, ready)?, &run.around),
        };
        let (app, plan) = (around.app(), &around.plan);
        let observed = Observed::begin(around.ground.recording.as_ref(), plan, node, None);
        let thread = Where::Executor;
        Some(node::start(app, plan, node, start, thread, observed))
    }

    /// Ends a node, and adds what became ready to `ready`. Returns where the run is cut.
    pub(super) fn end(&mut self, node: u32, end: NodeEnd<C>, ready: &mut Ready) -> u32 {
        let (mut board, around) = self.open();
        let obsolete = board.end(&around.plan, node, end, ready);
        let cut = board.cut();
        drop(board);
        obsolete.discard(&around.plan);
        cut
    }

    /// Starts nothing any more. Returns what is not wanted any more.
    pub(super) fn close(&mut self) -> Closed<C> {
        if let Self::Shared(run) = self {
            run.is_closed.store(true, Ordering::Relaxed);
        }
        let (mut board, around) = self.open();
        board.close(&around.plan)
    }

    /// Decides what teardowns are told. Returns what is to be ended by whoever settles the run; nothing
    /// if a thread still works for it.
    pub(super) fn settle(&mut self, outcome: Outcome) -> Option<Remains<C>> {
        let estate = self.board().settle(outcome)?;
        Remains::of(estate, outcome, self.around().clone())
    }
}
