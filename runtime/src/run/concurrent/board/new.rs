//! How a board begins: with nothing done, or where a run has come to that has gone ahead.

use super::{Board, Node, Stage};
use crate::app::Presence;
use crate::block::{Rooms, Space};
use crate::context::Context;
use crate::outcome::Outcome;
use crate::plan::{Plan, SharedContext, Step};
use crate::run::concurrent::post::{Post, Ready};
use crate::run::values::Values;
use crate::run::{Borrower, RootCode};
use crate::unwind::Contained;

/// What a board is made of.
pub(in crate::run::concurrent) struct Parts<C: Context> {
    pub(in crate::run::concurrent) values: Values,
    pub(in crate::run::concurrent) rooms: Rooms,
    /// How many nodes are done.
    pub(in crate::run::concurrent) done: usize,
    pub(in crate::run::concurrent) context: Contained<SharedContext<C>>,
    pub(in crate::run::concurrent) root_code: Contained<RootCode<C>>,
    pub(in crate::run::concurrent) presence: Presence,
}

impl<C: Context> Board<C> {
    /// With nothing done.
    pub(in crate::run::concurrent) fn new(
        plan: &Plan<C>,
        context: Contained<SharedContext<C>>,
        root_code: Contained<RootCode<C>>,
        presence: Presence,
        borrower: Option<Borrower>,
    ) -> Self {
        let root = root_code.as_ref().map_or(Space::NONE, RootCode::space);
        let mut rooms = Rooms::open(plan.floor(), root);
        let parts = Parts {
            values: Values::none(plan, &mut rooms),
            rooms,
            done: 0,
            context,
            root_code,
            presence,
        };
        Self {
            borrower,
            ..Self::of(plan, parts)
        }
    }

    /// That of a run which has gone ahead, and in which a node has begun. Adds what can start to `ready`.
    pub(in crate::run::concurrent) fn after(
        plan: &Plan<C>,
        parts: Parts<C>,
        begun: Option<u32>,
        ready: &mut Ready,
    ) -> Self {
        let steps = plan.ahead().unwrap_or_default();
        let done = &steps[..parts.done.min(steps.len())];
        let mut board = Self::of(plan, parts);
        board.resume(plan, done, begun, ready);
        board.push_sources(plan, ready);
        board
    }

    /// Writes down that nodes are done of which it has not been told, and that another one may have begun.
    /// Adds what became ready to `ready`.
    pub(super) fn resume(
        &mut self,
        plan: &Plan<C>,
        done: &[Step],
        begun: Option<u32>,
        ready: &mut Ready,
    ) {
        for step in done {
            // Not every one has left a value: what one reader owns may be gone.
            self.nodes[step.node as usize].stage = Stage::Made;
            self.begun += 1;
        }
        if let Some(node) = begun {
            self.count_begun(node);
        }
        for step in done {
            self.release(plan, step.node, ready);
        }
    }

    fn of(plan: &Plan<C>, parts: Parts<C>) -> Self {
        let Parts {
            values,
            mut rooms,
            done: _,
            context,
            root_code,
            presence,
        } = parts;
        let waiting = |&waits: &u32| Node {
            waits,
            stage: Stage::Waiting,
        };
        Self {
            nodes: rooms.list(plan.waits().iter().map(waiting)),
            begun: 0,
            running: 0,
            values,
            rooms,
            presence: Some(presence),
            borrower: None,
            outcome: Outcome::Cancelled,
            root_code,
            context,
            cut: plan.root() + 1,
            has_cut: false,
            refused: Contained::empty(),
            may_still_fail: 0,
            is_broken: false,
            cancellations: Vec::new(),
            post: Post::new(),
            waker: None,
        }
    }
}
