//! [`Remains`]: the values of a run whose nodes are over.

use std::collections::VecDeque;

use super::background;
use super::ended::Ended;
use super::failure::TeardownFailure;
use super::step::{self, Trouble, Which};
use super::stretch::{Piece, Stretch, Travelled};
use super::surroundings::Surroundings;
use super::unstoppable::Unstoppable;
use crate::app::{Presence, Stage};
use crate::background::Background;
use crate::context::Context;
use crate::outcome::Outcome;
use crate::plan::{Code, Plan};
use crate::run::prior::{self, Borrower, Lent, Open};
use crate::run::values::Values;
use crate::unwind::discard;
use crate::value::Value;

/// What a run leaves: values, and all that is needed to end them.
pub(in crate::run) struct Remains<C: Context> {
    pub(in crate::run) surroundings: Surroundings<C>,
    pub(in crate::run) values: Values,
    pub(in crate::run) outcome: Outcome,
    pub(super) presence: Presence,
    /// The run whose values this one has used.
    pub(super) borrower: Option<Borrower>,
    /// Who uses the values of this one, if they are lent.
    pub(super) lent: Option<Lent>,
    /// How many phases are left: the teardown and the drop of the last node in declaration order come
    /// first, then those of the one before.
    left: usize,
}

/// Where one phase of the end of a value takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// There is nothing to do.
    Nothing,
    /// It is dropped wherever that is.
    NoThread,
    /// It may block.
    Thread,
    /// It is awaited.
    Executor,
}

/// What is taken out of a run, to be ended.
pub(in crate::run) struct Estate {
    pub(in crate::run) values: Values,
    pub(in crate::run) presence: Presence,
    pub(in crate::run) borrower: Option<Borrower>,
}

impl<C: Context> Remains<C> {
    /// What is to be ended, if there is anything: what is only dropped, and wherever that is, is dropped
    /// here.
    pub(in crate::run) fn of(
        estate: Estate,
        outcome: Outcome,
        surroundings: Surroundings<C>,
    ) -> Option<Self> {
        let plan = &surroundings.plan;
        let is_to_be_ended = plan.has_endings()
            || estate.borrower.is_some()
            || (0..=plan.root()).any(|node| estate.values.drops_on_lane(plan, node));
        if !is_to_be_ended {
            return None;
        }
        let Estate {
            values,
            presence,
            borrower,
        } = estate;
        Some(Self {
            // The root's as well: that of a singleton may come when it is too late for the app.
            left: 2 * plan.len(),
            surroundings,
            values,
            outcome,
            presence,
            borrower,
            lent: None,
        })
    }

    /// Lends what the run has made. Until somebody says more, it counts as cancelled.
    pub(in crate::run) fn lend(&mut self) -> Open {
        let Surroundings { ground, plan } = &self.surroundings;
        let (borrowed, seat) = (self.borrower.as_ref(), ground.lane.seat());
        let (open, lent) = prior::lend(ground.app(), plan, &self.values, borrowed, seat);
        self.lent = Some(lent);
        self.outcome = Outcome::Cancelled;
        open
    }

    /// Whether a run that has borrowed from this one is not torn down.
    pub(in crate::run) fn is_still_lent(&self) -> bool {
        let lent = self.lent.as_ref();
        lent.is_some_and(|lent| !lent.torn_down.is_cancelled())
    }

    /// What became of those who borrowed from this run, if any has said so.
    pub(in crate::run) fn outcome_of_borrowers(&self) -> Option<Outcome> {
        self.lent.as_ref()?.outcome()
    }

    /// Ends everything on a task of the app: nobody waits for it.
    pub(in crate::run) fn end_behind(self) {
        Unstoppable::new(self).detach();
    }

    /// Tears down and drops what is not needed after the response. Returns the first failure.
    pub(super) async fn tear_down(mut self) -> (Ended<C>, Option<TeardownFailure<C>>) {
        self.presence.moves_to(Stage::Teardown);
        if let Some(lent) = &self.lent {
            lent.torn_down.cancelled().await;
            self.outcome = self.outcome_of_borrowers().unwrap_or(self.outcome);
        }
        if let Some(background) = self.background() {
            background.handler_ended();
        }
        let mut first = None;
        self.values.give_back();
        while let Some(phase) = self.left.checked_sub(1) {
            let node = node_of(phase);
            match self.needs(phase) {
                Needs::Nothing => self.left = phase,
                Needs::NoThread => {
                    self.left = phase;
                    discard(self.values.take(node));
                }
                Needs::Executor => {
                    self.left = phase;
                    if let Err(trouble) = self.tear_down_here(node).await {
                        self.failed(node, trouble, &mut first);
                    }
                }
                Needs::Thread => {
                    for (node, trouble) in self.hop().await {
                        self.failed(node, trouble, &mut first);
                    }
                }
            }
        }
        (Ended::new(self), first)
    }

    /// What one phase needs: that of a teardown, or of a drop.
    fn needs(&self, phase: usize) -> Needs {
        let (node, plan) = (node_of(phase), self.plan());
        if self.values.get(node).is_none() {
            return Needs::Nothing;
        }
        if is_teardown(phase) {
            let endings = plan.endings(node);
            return match endings.and_then(|endings| endings.teardown.as_ref()) {
                None => Needs::Nothing,
                Some(teardown) if teardown.is_plain => Needs::Thread,
                Some(_) => Needs::Executor,
            };
        }
        if plan.ends_after_response(node) {
            Needs::Nothing
        } else if plan.drops_on_lane(node) {
            Needs::Thread
        } else {
            Needs::NoThread
        }
    }

    /// Does all that comes next and does not have to be awaited, on one thread. Returns the teardowns
    /// that failed.
    async fn hop(&mut self) -> Vec<(u32, Trouble<C::Rejection>)> {
        let phases = (0..self.left).rev();
        let phases = phases.map(|phase| (phase, self.needs(phase)));
        let phases = phases.take_while(|(_, needs)| *needs != Needs::Executor);
        let last = phases.filter(|(_, needs)| *needs == Needs::Thread).last();
        let end = last.map_or(self.left, |(phase, _)| phase);
        let pieces = (end..self.left)
            .rev()
            .filter_map(|phase| self.piece(phase))
            .collect();
        self.left = end;
        let stretch = Stretch::new(&self.surroundings, pieces, self.outcome);
        let Travelled { troubles, left } = stretch.travel(&self.surroundings).await;
        for piece in left {
            let (phase, value) = match piece {
                Piece::TearDown(node, value) => (2 * node as usize + 1, value),
                Piece::Drop(node, value) => (2 * node as usize, value),
            };
            self.left = self.left.max(phase + 1);
            if is_teardown(phase) {
                // It was a handle to what is here, or comes back next.
                discard(value);
            } else {
                self.values.put_back(node_of(phase), value);
            }
        }
        troubles
    }

    fn piece(&mut self, phase: usize) -> Option<Piece> {
        let node = node_of(phase);
        match self.needs(phase) {
            Needs::Nothing | Needs::Executor => None,
            _ if is_teardown(phase) => {
                let value = self.values.get(node)?.share()?;
                Some(Piece::TearDown(node, value))
            }
            Needs::NoThread | Needs::Thread => Some(Piece::Drop(node, self.values.take(node)?)),
        }
    }

    async fn tear_down_here(&mut self, node: u32) -> Result<(), Trouble<C::Rejection>> {
        let Some(value) = self.values.get(node) else {
            return Ok(());
        };
        step::notice_who_outlives(self.plan(), node, value.other_handles());
        let Some(value) = value.share() else {
            return Ok(());
        };
        let (around, which) = (&self.surroundings, Which::TEARDOWN);
        step::call(around, node, value, self.outcome, which).await
    }

    /// Whatever becomes of the rejection, a teardown has failed.
    fn failed(
        &mut self,
        node: u32,
        trouble: Trouble<C::Rejection>,
        first: &mut Option<TeardownFailure<C>>,
    ) {
        if self.outcome.is_completed() {
            self.outcome = Outcome::Failed;
        }
        let Some(failure) = TeardownFailure::of(self.plan(), node, trouble) else {
            return;
        };
        match first {
            None => *first = Some(failure),
            Some(_) => failure.log(),
        }
    }

    pub(super) fn plan(&self) -> &Plan<C> {
        &self.surroundings.plan
    }

    /// What took work for after the response.
    pub(super) fn background(&self) -> Option<Background> {
        let mut nodes = 0..self.plan().root();
        nodes.find_map(
            |node| match (self.plan().code(node), self.values.get(node)?) {
                (Code::Background(_), Value::Shared(value, _)) => value.downcast_ref().cloned(),
                _ => None,
            },
        )
    }
}

impl<C: Context> Drop for Remains<C> {
    /// The runtime has gone. Plain teardowns still run, on the app's own threads, and nothing else that
    /// was to be done is forgotten without a word.
    fn drop(&mut self) {
        if self.values.are_gone() {
            return;
        }
        let on_thread = |phase: &usize| self.needs(*phase) == Needs::Thread;
        let phases: Vec<usize> = (0..self.left).rev().filter(on_thread).collect();
        let mut pieces = VecDeque::new();
        for phase in &phases {
            pieces.extend(self.piece(*phase));
        }
        if phases.iter().any(|&phase| is_teardown(phase)) {
            let stretch = Stretch::new(&self.surroundings, pieces, self.outcome);
            stretch.leave(&self.surroundings);
        }
        for node in (0..=self.plan().root()).rev() {
            let Some(endings) = self.plan().endings(node) else {
                continue;
            };
            if self.values.get(node).is_none() {
                continue;
            }
            let phase = 2 * node as usize + 1;
            let is_left = phase < self.left && !phases.contains(&phase);
            if is_left && endings.teardown.is_some() {
                step::say_teardown_is_lost(self.plan(), node);
            }
            if endings.after_response.is_some() {
                tracing::error!(
                    node = self.plan().name(node),
                    place = %self.plan().place(node),
                    "the runtime is gone: an `after_response` did not run"
                );
            }
        }
        if let Some(background) = self.background() {
            background::lose_all(&background);
        }
    }
}

/// The node whose value a phase is about.
fn node_of(phase: usize) -> u32 {
    u32::try_from(phase / 2).expect("a phase of a node")
}

/// Whether the value is torn down in a phase, and not dropped.
fn is_teardown(phase: usize) -> bool {
    phase % 2 == 1
}
