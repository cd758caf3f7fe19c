//! [`Waiting`]: an async node that waits.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use tokio::time::Instant;

use super::{LateSeat, NodeEnd, Refused, Where, ended, watched};
use crate::block_on::forbid_blocking;
use crate::context::Context;
use crate::lane::Slot;
use crate::plan::{NodeFuture, Plan};
use crate::run::observed::Observed;
use crate::timer::Alarm;
use crate::unwind::contain;

/// An async node that waits. Empty once it is done, or not wanted any more.
pub(in crate::run) struct Waiting<C: Context> {
    future: Option<NodeFuture<C>>,
    /// What few nodes have.
    limits: Option<Box<Limits>>,
}

/// What bounds a node that waits, and who is told of it.
pub(in crate::run) struct Limits {
    slot: Option<Slot>,
    alarm: Option<Alarm>,
    late_seat: Option<LateSeat>,
    observed: Option<Box<Observed>>,
}

impl Limits {
    /// `None` where nothing bounds it and nobody is told.
    pub(super) fn of(
        slot: Option<Slot>,
        deadline: Option<Instant>,
        late_seat: Option<LateSeat>,
        observed: Option<Box<Observed>>,
    ) -> Option<Box<Self>> {
        let is_limited = slot.is_some() || deadline.is_some() || late_seat.is_some();
        (is_limited || observed.is_some()).then(|| {
            Box::new(Self {
                slot,
                alarm: deadline.map(Alarm::at),
                late_seat,
                observed,
            })
        })
    }

    /// The alarm, unless it waits for a seat, which has a time limit of its own.
    fn alarm(&mut self) -> Option<&mut Alarm> {
        let late_seat = self.late_seat.as_ref();
        let waits_for_seat = late_seat.is_some_and(LateSeat::is_due);
        self.alarm.as_mut().filter(|_| !waits_for_seat)
    }
}

impl<C: Context> Waiting<C> {
    pub(in crate::run) fn new(future: NodeFuture<C>, limits: Option<Box<Limits>>) -> Self {
        Self {
            future: Some(future),
            limits,
        }
    }

    pub(in crate::run) fn is_over(&self) -> bool {
        self.future.is_none()
    }

    /// Drops what waits.
    pub(in crate::run) fn give_up(&mut self) {
        self.future = None;
        self.limits = None;
    }

    /// Polls it on the executor; a panic is the node's failure, and so is the end of its time. What
    /// is done is gone, and never ready again.
    pub(in crate::run) fn poll(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        context: &mut TaskContext<'_>,
    ) -> Poll<NodeEnd<C>> {
        let polled = self.poll_future(plan, node, Where::Executor, context);
        if polled.is_ready() || self.is_over() {
            return polled;
        }
        let Some(alarm) = self.limits.as_mut().and_then(|limits| limits.alarm()) else {
            return Poll::Pending;
        };
        match alarm.poll(context) {
            Poll::Ready(rings) => match Refused::overdue(plan, node, rings) {
                Some(refused) => {
                    let end = Err(refused);
                    Observed::end(self.observed(), &end);
                    self.give_up();
                    Poll::Ready(end)
                }
                None => Poll::Pending,
            },
            Poll::Pending => Poll::Pending,
        }
    }

    fn observed(&self) -> Option<&Observed> {
        self.limits.as_ref()?.observed.as_deref()
    }

    fn poll_future(
        &mut self,
        plan: &Plan<C>,
        node: u32,
        thread: Where,
        context: &mut TaskContext<'_>,
    ) -> Poll<NodeEnd<C>> {
        let Some(future) = self.future.as_mut() else {
            return Poll::Pending;
        };
        let poll = || contain(|| forbid_blocking(|| Pin::new(&mut *future).poll(context)));
        let observed = self.limits.as_ref();
        let observed = observed.and_then(|limits| limits.observed.as_deref());
        let polled = Observed::work(observed, || watched(plan, node, thread, poll));
        let polled = match polled {
            Some(polled) => polled.map(|result| {
                let slot = self.limits.as_mut().and_then(|limits| limits.slot.take());
                ended(result, slot)
            }),
            None => Poll::Ready(Err(Refused::panicked(plan, node))),
        };
        if let Poll::Ready(end) = &polled {
            Observed::end(self.observed(), end);
            self.give_up();
        }
        polled
    }

    /// Awaits it.
    pub(in crate::run) async fn wait(mut self, plan: &Plan<C>, node: u32) -> NodeEnd<C> {
        poll_fn(|context| self.poll(plan, node, context)).await
    }
}
