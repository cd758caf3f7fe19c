//! [`Remains`]: the values of a run whose nodes are over.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::ended::{self, Ended};
use super::step::{self, Trouble};
use super::unstoppable::Unstoppable;
use crate::app::{App, Presence, Stage};
use crate::background::Background;
use crate::context::Context;
use crate::lane::Lane;
use crate::lifetime::Value;
use crate::meta::Place;
use crate::outcome::Outcome;
use crate::plan::{Code, Plan};
use crate::run::prior::{self, Borrower, Lent, Open};
use crate::run::values::Values;
use crate::scope::Scope;
use crate::unwind::{contain, discard};

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
    /// What stands before this node is still to be torn down.
    torn_down_from: u32,
}

/// What is taken out of a run, to be ended.
pub(in crate::run) struct Estate {
    pub(in crate::run) values: Values,
    pub(in crate::run) presence: Presence,
    pub(in crate::run) borrower: Option<Borrower>,
}

/// Where a run takes place.
pub(in crate::run) struct Surroundings<C: Context> {
    pub(in crate::run) app: App,
    pub(in crate::run) plan: Arc<Plan<C>>,
    pub(in crate::run) scope: Scope,
    pub(in crate::run) lane: Lane,
}

impl<C: Context> Clone for Surroundings<C> {
    fn clone(&self) -> Self {
        Self {
            app: self.app.clone(),
            plan: Arc::clone(&self.plan),
            scope: self.scope.clone(),
            lane: self.lane.clone(),
        }
    }
}

impl<C: Context> Surroundings<C> {
    /// Runs a future on a task of the app. Without a runtime it is dropped.
    pub(super) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = self.lane.runtime() {
            let life = self.app.life();
            life.spawn(runtime, self.scope.clone().wrap(future));
        }
    }
}

/// A teardown that failed.
pub(in crate::run) struct TeardownFailure<C: Context> {
    pub(in crate::run) rejection: C::Rejection,
    node: &'static str,
    place: Place,
    text: String,
}

impl<C: Context> TeardownFailure<C> {
    /// Says it in the log, where it is not what the request is answered with.
    pub(in crate::run) fn log(self) {
        let Self {
            rejection,
            node,
            place,
            text,
        } = self;
        tracing::error!(node, %place, error = text, "a teardown failed");
        discard(rejection);
    }
}

impl<C: Context> Remains<C> {
    pub(in crate::run) fn new(
        surroundings: Surroundings<C>,
        estate: Estate,
        outcome: Outcome,
    ) -> Self {
        let Estate {
            values,
            presence,
            borrower,
        } = estate;
        Self {
            // The root's as well: that of a singleton may come when it is too late for the app.
            torn_down_from: surroundings.plan.root() + 1,
            surroundings,
            values,
            outcome,
            presence,
            borrower,
            lent: None,
        }
    }

    /// Lends what the run has made. Until somebody says more, it counts as cancelled.
    pub(in crate::run) fn lend(&mut self) -> Open {
        let Surroundings { app, plan, .. } = &self.surroundings;
        let (open, lent) = prior::lend(app, plan, &self.values, self.borrower.as_ref());
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
        while let Some(node) = self.torn_down_from.checked_sub(1) {
            self.torn_down_from = node;
            if let Some(failure) = self.tear_down_one(node).await {
                if self.outcome.is_completed() {
                    self.outcome = Outcome::Failed;
                }
                match first {
                    None => first = Some(failure),
                    Some(_) => failure.log(),
                }
            }
            if !self.ends_after_response(node)
                && let Some(value) = self.values.take(node)
            {
                discard(value);
            }
        }
        (Ended::new(self), first)
    }

    async fn tear_down_one(&mut self, node: u32) -> Option<TeardownFailure<C>> {
        self.plan().endings(node)?.teardown.as_ref()?;
        self.notice_who_outlives_it(node);
        let value = self.values.get(node)?.share()?;
        let ended = step::call(&self.surroundings, node, value, self.outcome, |endings| {
            endings.teardown.as_ref()
        })
        .await;
        let trouble = ended.err()?;
        let text = trouble.text();
        let rejection = match trouble {
            Trouble::Error(error) => error.rejection,
            Trouble::Failure(failure) => contain(|| C::fail(failure))?,
        };
        Some(TeardownFailure {
            rejection,
            node: self.plan().name(node),
            place: self.plan().place(node),
            text,
        })
    }

    pub(super) fn plan(&self) -> &Plan<C> {
        &self.surroundings.plan
    }

    pub(super) fn ends_after_response(&self, node: u32) -> bool {
        let endings = self.plan().endings(node);
        endings.is_some_and(|endings| endings.after_response.is_some())
            || matches!(self.plan().code(node), Code::Background(_))
    }

    /// A teardown does not wait for those who took the value elsewhere.
    fn notice_who_outlives_it(&self, node: u32) {
        let (Some(endings), Some(value)) = (self.plan().endings(node), self.values.get(node))
        else {
            return;
        };
        let handles = value.other_handles();
        if handles > 0 && !endings.outlived.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                node = self.plan().name(node),
                place = %self.plan().place(node),
                handles,
                "a value was torn down while it is still held elsewhere; what ends it after its last \
                 use is `after_response`"
            );
        }
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
    /// Nothing that was to be ended is forgotten without a word.
    fn drop(&mut self) {
        if self.values.are_gone() {
            return;
        }
        for node in (0..=self.plan().root()).rev() {
            let Some(endings) = self.plan().endings(node) else {
                continue;
            };
            if self.values.get(node).is_none() {
                continue;
            }
            let (name, place) = (self.plan().name(node), self.plan().place(node));
            if node < self.torn_down_from && endings.teardown.is_some() {
                tracing::error!(node = name, %place, "the runtime is gone: a teardown did not run");
            }
            if endings.after_response.is_some() {
                tracing::error!(
                    node = name,
                    %place,
                    "the runtime is gone: an `after_response` did not run"
                );
            }
        }
        if let Some(background) = self.background() {
            while let Some(job) = background.next() {
                ended::lose(job);
            }
        }
    }
}
