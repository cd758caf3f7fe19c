//! [`Ended`]: what is left of a run to be done after the response.

use std::panic::Location;
use std::sync::Arc;

use super::remains::{Remains, Surroundings};
use super::step::{self, awaited, on_lane};
use crate::after_response::{AfterResponse, Afterwork};
use crate::app::Stage;
use crate::background::{Background, Job, JobWork};
use crate::context::Context;
use crate::outcome::Outcome;
use crate::run::prior::Debt;
use crate::unwind::discard;

/// A run whose values are torn down. What is left is done after the response.
pub(in crate::run) struct Ended<C: Context> {
    remains: Remains<C>,
    /// What it owes to the run whose values it has used.
    debt: Option<Debt>,
    background: Option<Background>,
}

impl<C: Context> Ended<C> {
    pub(super) fn new(mut remains: Remains<C>) -> Self {
        let borrower = remains.borrower.take();
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
                forget_hopeful(background);
            }
            work_off(&self.remains.surroundings, background).await;
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
            close(self.remains.surroundings.clone(), background).await;
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
        let ended = step::call(surroundings, node, value, *outcome, |endings| {
            endings.after_response.as_ref()
        })
        .await;
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

/// Runs background work until there is no more.
async fn work_off<C: Context>(surroundings: &Surroundings<C>, background: &Background) {
    while let Some(job) = background.next() {
        work(surroundings, job).await;
    }
}

/// Runs a piece of background work.
async fn work<C: Context>(surroundings: &Surroundings<C>, job: Job) {
    let place = job.place;
    let worked = match job.work {
        JobWork::Async(future) => awaited(future).await,
        JobWork::Plain(function) => {
            let lost = move || say_lost(place);
            match on_lane(surroundings, function, lost).returned().await {
                Ok(worked) => worked,
                Err(_) => Some(Err(surroundings.lane.why_not().to_string())),
            }
        }
    };
    let error = match worked {
        Some(Ok(())) => return,
        Some(Err(error)) => error,
        None => "it panicked".to_owned(),
    };
    tracing::error!(%place, error, "work in the background failed");
}

/// Drops work that was added for a handler that would complete.
fn forget_hopeful(background: &Background) {
    for job in background.take_hopeful() {
        tracing::warn!(
            place = %job.place,
            "work in the background is not run, as the request did not complete"
        );
        discard(job);
    }
}

/// Ends a queue: what is added from now on starts at once.
async fn close<C: Context>(surroundings: Surroundings<C>, background: Background) {
    let late = {
        let surroundings = surroundings.clone();
        Arc::new(move |job| {
            let (around, mut late) = (surroundings.clone(), Late(Some(job)));
            surroundings.spawn(async move {
                if let Some(job) = late.0.take() {
                    work(&around, job).await;
                }
            });
        })
    };
    loop {
        work_off(&surroundings, &background).await;
        if background.close(late.clone()) {
            return;
        }
    }
}

/// Work on its way to a task. Empty once it is there.
struct Late(Option<Job>);

impl Drop for Late {
    fn drop(&mut self) {
        if let Some(job) = self.0.take() {
            lose(job);
        }
    }
}

/// Drops work that the runtime did not live to see.
pub(super) fn lose(job: Job) {
    say_lost(job.place);
    discard(job);
}

fn say_lost(place: &Location<'_>) {
    tracing::error!(%place, "the runtime is gone: work in the background did not run");
}

impl<C: Context> Afterwork for Ended<C> {
    fn start(self: Box<Self>, sent: bool) {
        let surroundings = self.remains.surroundings.clone();
        surroundings.spawn(self.after_response(sent));
    }
}
