//! [`Ended`]: what is left of a run to be done after the response.

use super::background;
use super::remains::Remains;
use super::step::{self, Which};
use crate::after_response::{AfterResponse, Afterwork};
use crate::app::Stage;
use crate::background::Background;
use crate::context::Context;
use crate::outcome::Outcome;
use crate::run::prior::Debt;

/// A run whose values are torn down. What is left is done after the response.
pub(in crate::run) struct Ended<C: Context> {
    remains: Remains<C>,
    /// What it owes to the run whose values it has used.
    debt: Option<Debt>,
    background: Option<Background>,
}

impl<C: Context> Ended<C> {
    pub(super) fn new(mut remains: Remains<C>) -> Self {
        remains.presence.moves_to(Stage::Responding);
        if let Some(recording) = &remains.surroundings.ground.recording {
            recording.answered(remains.outcome);
        }
        let borrower = remains.borrower.take();
        // Nothing of it keeps the seat from now on.
        remains.surroundings.leave_seat();
        if let Some(lent) = &remains.lent {
            lent.tell_torn_down(remains.outcome);
        }
        Self {
            debt: borrower.map(|borrower| borrower.tell(remains.outcome)),
            background: remains.background(),
            remains,
        }
    }

    /// What is left, for whoever sends the response.
    pub(in crate::run) fn into_after_response(self) -> AfterResponse {
        // Who has lent goes on owing for as long as those who have borrowed from it.
        let owes_for_others = self.debt.is_some() && self.remains.lent.is_some();
        let has_nodes = self.nodes().next().is_some();
        if self.background.is_some() || has_nodes || owes_for_others {
            AfterResponse::new(Box::new(self))
        } else {
            AfterResponse::nothing()
        }
    }

    /// Does what is left. `sent` says whether the response was sent whole.
    pub(super) async fn after_response(mut self, sent: bool) {
        self.remains.presence.moves_to(Stage::AfterResponse);
        if let Some(debt) = &self.debt
            && !debt.torn_down().await
            && self.remains.outcome.is_completed()
        {
            self.remains.outcome = Outcome::Failed;
        }
        let background = self.background.take();
        if let Some(background) = &background {
            if !self.remains.outcome.is_completed() {
                background::forget_hopeful(background);
            }
            background::work_off(&self.remains.surroundings.ground, background).await;
        }
        if let Some(debt) = &self.debt {
            debt.worked_off().await;
        }
        if let Some(lent) = &self.remains.lent {
            lent.tell_worked_off();
            lent.over.cancelled().await;
        }
        if !sent && self.remains.outcome.is_completed() {
            self.remains.outcome = Outcome::Cancelled;
        }
        for node in self.nodes().collect::<Vec<u32>>() {
            self.end(node).await;
        }
        drop(self.debt.take());
        if let Some(background) = background {
            background::close(&self.remains.surroundings.ground, background).await;
        }
    }

    /// The nodes that are ended after the response, the last in declaration order first.
    fn nodes(&self) -> impl Iterator<Item = u32> + '_ {
        let (plan, values) = (self.remains.plan(), &self.remains.values);
        (0..plan.root()).rev().filter(|&node| {
            values.get(node).is_some()
                && plan
                    .endings(node)
                    .is_some_and(|endings| endings.after_response.is_some())
        })
    }

    /// Ends one value, as soon as nobody uses it.
    async fn end(&mut self, node: u32) {
        if let Some(last_use) = self.remains.values.let_go(node) {
            last_use.cancelled().await;
        }
        let Some(value) = self.remains.values.take(node) else {
            return;
        };
        let Remains {
            surroundings,
            outcome,
            ..
        } = &self.remains;
        let which = Which::AFTER_RESPONSE;
        let ended = step::end(surroundings, node, value, *outcome, which).await;
        if let Err(trouble) = ended {
            tracing::error!(
                node = self.remains.plan().name(node),
                place = %self.remains.plan().place(node),
                error = trouble.text(),
                "an `after_response` failed"
            );
        }
    }
}

impl<C: Context> Afterwork for Ended<C> {
    fn start(self: Box<Self>, sent: bool) {
        let ground = self.remains.surroundings.ground.clone();
        ground.spawn(self.after_response(sent));
    }
}
