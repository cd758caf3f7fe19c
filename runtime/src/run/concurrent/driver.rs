//! [`Driver`]: the future that a request's resolution is.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

use super::agenda::{Agenda, Leaving, Next};
use super::ahead::Halt;
use super::board::Parts;
use super::held::{Held, Holder, held};
use super::post::Ready;
use super::{Run, hop};
use crate::context::Context;
use crate::lane::Current;
use crate::run::ending::Surroundings;
use crate::run::{Request, RootCode, Settled};
use crate::unwind::Contained;

/// Polls the async nodes of a run, sends blocking ones to the lane, and waits for both.
pub(in crate::run) struct Driver<C: Context> {
    run: Holder<C>,
    agenda: Agenda<C>,
}

impl<C: Context> Driver<C> {
    pub(in crate::run) fn new(request: Request<C>, code: Contained<RootCode<C>>) -> Self {
        let mut ready = Ready::default();
        let run = Run::new(request, code, &mut ready);
        Self {
            agenda: Agenda::new(&run.around.plan, ready),
            run: Holder::new(run),
        }
    }

    /// Goes on with a run that has gone ahead.
    pub(super) fn resume(around: Surroundings<C>, parts: Parts<C>, halt: Halt<C>) -> Self {
        let mut ready = Ready::default();
        let begun = halt.as_ref().map(|(node, _)| *node);
        let run = Run::resume(around, parts, begun, &mut ready);
        Self {
            agenda: Agenda::new(&run.around.plan, ready).after(halt),
            run: Holder::new(run),
        }
    }

    /// Adds the seat to what is set on the thread, if the run has taken it since.
    pub(in crate::run) fn update(&self, current: &mut Option<Current>) {
        self.run.around().lane().update(current);
    }
}

impl<C: Context> Future for Driver<C> {
    type Output = Settled<C>;

    fn poll(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        let Self {
            run: holder,
            agenda,
        } = self.get_mut();
        loop {
            match agenda.go_on(&mut held!(holder), context) {
                Next::Answer(settled) => return Poll::Ready(settled),
                Next::Sleep => return Poll::Pending,
                Next::Send(Leaving {
                    blocking,
                    computing,
                }) => match holder.shared() {
                    Some(run) => {
                        for node in computing {
                            hop::send_cpu(run, node);
                        }
                        hop::send(run, blocking);
                    }
                    // A plan says whether anything leaves.
                    None => held!(holder).board().break_off(),
                },
            }
        }
    }
}

impl<C: Context> Drop for Driver<C> {
    /// What waits goes before the run: whoever ends the values finds nobody who uses them.
    fn drop(&mut self) {
        if self.agenda.is_done {
            return;
        }
        let mut held = held!(&mut self.run);
        self.agenda.close(&mut held);
        if let Held::Shared(run) = held {
            run.at_work.abandon(run.around.app().counters());
        }
    }
}

impl<C: Context> Unpin for Driver<C> {}
