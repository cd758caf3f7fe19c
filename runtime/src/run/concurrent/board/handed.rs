//! What a board hands to the thread of the first hop, and takes back.

use super::Board;
use crate::block::Rooms;
use crate::context::Context;
use crate::plan::{FirstHop, Plan, SharedContext, Step};
use crate::run::concurrent::post::Ready;
use crate::run::concurrent::unshared::Unshared;
use crate::run::values::Values;
use crate::run::{RootCode, outcome_of};
use crate::unwind::Contained;

/// All that nodes need to begin, and where they leave what they make. Who has it has the run for itself.
pub(in crate::run::concurrent) struct Handed<C: Context> {
    pub(in crate::run::concurrent) values: Values,
    pub(in crate::run::concurrent) rooms: Rooms,
    pub(in crate::run::concurrent) context: Contained<SharedContext<C>>,
    pub(in crate::run::concurrent) root_code: Contained<RootCode<C>>,
}

impl<C: Context> Board<C> {
    /// What nodes need, for a driver that is alone with a run of which nothing has begun, and nothing is
    /// lent; `None` if it has.
    pub(in crate::run::concurrent) fn unshared<'run>(
        &'run mut self,
        plan: &'run Plan<C>,
    ) -> Option<Unshared<'run, C>> {
        if self.begun > 0 || self.borrower.is_some() || !self.wants(plan.root()) {
            return None;
        }
        Some(Unshared {
            plan,
            context: &self.context,
            root_code: &mut self.root_code,
            values: &mut self.values,
            rooms: &mut self.rooms,
        })
    }

    /// Nodes are done that a driver has begun by what was [unshared](Self::unshared), and another one may
    /// have begun. Returns what is ready.
    pub(in crate::run::concurrent) fn catch_up(
        &mut self,
        plan: &Plan<C>,
        done: &[Step],
        begun: Option<u32>,
    ) -> Ready {
        let mut ready = Ready::default();
        self.resume(plan, done, begun, &mut ready);
        self.push_sources(plan, &mut ready);
        ready
    }

    /// Hands over what nodes need to a thread to which the nodes of a first hop have come; `None` if
    /// anything else is under way, or may be. Until it is taken back the thread counts as a node that
    /// runs: whatever is to be ended waits for it.
    pub(in crate::run::concurrent) fn hand_over(
        &mut self,
        plan: &Plan<C>,
        hop: &FirstHop,
    ) -> Option<Handed<C>> {
        let is_as_planned = self.begun == hop.after && self.running == 0 && self.borrower.is_none();
        if !is_as_planned || self.is_broken || !self.wants(plan.root()) || !self.post.is_empty() {
            return None;
        }
        self.running = 1;
        Some(Handed {
            values: std::mem::take(&mut self.values),
            rooms: std::mem::take(&mut self.rooms),
            context: std::mem::replace(&mut self.context, Contained::empty()),
            root_code: std::mem::replace(&mut self.root_code, Contained::empty()),
        })
    }

    /// Takes it back when these nodes are done, and another one may have begun. Adds what became ready to
    /// `ready`.
    pub(in crate::run::concurrent) fn take_back(
        &mut self,
        plan: &Plan<C>,
        handed: Handed<C>,
        done: &[Step],
        begun: Option<u32>,
        ready: &mut Ready,
    ) {
        let Handed {
            values,
            rooms,
            context,
            root_code,
        } = handed;
        self.values = values;
        self.rooms = rooms;
        self.context = context;
        self.root_code = root_code;
        self.running -= 1;
        if let Some(value) = self.values.get(plan.root()) {
            let outcome = outcome_of(value);
            self.learn_outcome(plan, outcome);
        }
        self.resume(plan, done, begun, ready);
    }
}
