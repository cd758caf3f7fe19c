//! What the driver has to do: it asks before it sleeps, and threads leave it what it has to look at.

use std::task::Waker;

use tokio::time::Instant;

use super::{Board, Stage};
use crate::context::Context;
use crate::plan::Plan;
use crate::run::concurrent::post::Post;
use crate::run::node::{Refused, Waiting};
use crate::value::Value;

/// What became of the run.
pub(in crate::run::concurrent) enum Verdict<C: Context> {
    /// The root is done.
    Made(Value),
    /// The rejection may leave.
    Rejected(Refused<C>),
    /// A thread gave up in the middle, and nobody knows where.
    Broken,
    /// Lane threads have left something for the driver.
    Posted(Post<C>),
    /// Nothing to do until somebody wakes the driver. Holds the waker that was known before.
    Asleep(Option<Waker>),
}

impl<C: Context> Board<C> {
    /// What the driver has to do now. Leaves its waker only if that is nothing, and if it gives one.
    pub(in crate::run::concurrent) fn verdict(
        &mut self,
        plan: &Plan<C>,
        waker: Option<&Waker>,
    ) -> Verdict<C> {
        if self.is_broken {
            return Verdict::Broken;
        }
        if self.is_made(plan)
            && let Some(value) = self.values.take(plan.root())
        {
            // The request is not given up: whoever took a token may keep it.
            self.cancellations.clear();
            return Verdict::Made(value);
        }
        if self.is_rejected()
            && let Some((_, refused)) = self.refused.take()
        {
            return Verdict::Rejected(refused);
        }
        if self.has_news() {
            self.has_cut = false;
            return Verdict::Posted(std::mem::replace(&mut self.post, Post::new()));
        }
        let is_known = |waker: &&Waker| {
            let known = self.waker.as_ref();
            known.is_some_and(|known| known.will_wake(waker))
        };
        Verdict::Asleep(match waker.filter(|waker| !is_known(waker)) {
            Some(waker) => self.waker.replace(waker.clone()),
            None => None,
        })
    }

    /// Leaves what waits to the driver; gives it back if it is not wanted any more.
    pub(in crate::run::concurrent) fn post_waiting(
        &mut self,
        node: u32,
        waiting: Waiting<C>,
    ) -> Option<Waiting<C>> {
        if self.wants(node) {
            self.post.waiting.push((node, waiting));
            None
        } else {
            Some(waiting)
        }
    }

    /// Has the driver look when a node that runs on a thread takes too long.
    pub(in crate::run::concurrent) fn post_deadline(&mut self, node: u32, deadline: Instant) {
        self.post.deadlines.push((node, deadline));
    }

    pub(in crate::run::concurrent) fn post_node(&mut self, node: u32) {
        self.post.nodes.push(node);
    }

    /// The driver's waker, if it sleeps and has something to do now.
    pub(in crate::run::concurrent) fn take_waker(&mut self, plan: &Plan<C>) -> Option<Waker> {
        let is_settled = self.is_broken || self.is_made(plan) || self.is_rejected();
        if is_settled || self.has_news() {
            self.waker.take()
        } else {
            None
        }
    }

    fn has_news(&self) -> bool {
        self.has_cut || !self.post.is_empty()
    }

    fn is_made(&self, plan: &Plan<C>) -> bool {
        self.nodes[plan.root() as usize].stage == Stage::Made
    }
}
