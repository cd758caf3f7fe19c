//! A request that may be given up at any point.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::task::AtomicWaker;
use tokio::time::Sleep;

use crate::log::{Member, Step, What, Which};
use crate::scene::Run;

/// Says when so much has happened that the request is given up.
#[derive(Debug, Default)]
pub(crate) struct Cue {
    /// Counts down to 1. Zero if it never comes.
    left: AtomicUsize,
    waker: AtomicWaker,
}

impl Cue {
    /// After so many events; never after none.
    pub(crate) fn after(events: usize) -> Self {
        Self {
            left: AtomicUsize::new(if events == 0 { 0 } else { events + 1 }),
            waker: AtomicWaker::new(),
        }
    }

    /// Counts what nodes and teardowns do.
    pub(crate) fn count(&self, what: What) {
        let counts = matches!(
            what,
            What::Started
                | What::Made
                | What::Failed
                | What::Ending(Which::Teardown, Step::Begun(_) | Step::Ended)
        );
        if !counts {
            return;
        }
        let count_down = |left: usize| (left > 1).then(|| left - 1);
        let counted = self
            .left
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, count_down);
        if counted == Ok(2) {
            self.waker.wake();
        }
    }

    fn is_given(&self) -> bool {
        self.left.load(Ordering::Acquire) == 1
    }
}

/// Polls a request until it is answered or given up: `None` if it was given up.
pub(crate) struct GiveUp<T> {
    request: Option<Pin<Box<dyn Future<Output = T> + Send>>>,
    run: Arc<Run>,
    /// How often it may still be polled.
    polls: Option<u8>,
    /// When it is given up at the latest, if it would never be answered.
    latest: Option<Pin<Box<Sleep>>>,
}

/// How long a request may take that would never be answered.
const LATEST: Duration = Duration::from_millis(2);

impl<T> GiveUp<T> {
    pub(crate) fn new(
        request: impl Future<Output = T> + Send + 'static,
        run: &Arc<Run>,
        polls: Option<u8>,
        is_endless: bool,
    ) -> Self {
        Self {
            request: Some(Box::pin(request)),
            run: Arc::clone(run),
            polls,
            latest: is_endless.then(|| Box::pin(tokio::time::sleep(LATEST))),
        }
    }

    fn is_time(&mut self, context: &mut Context<'_>) -> bool {
        let latest = self.latest.as_mut();
        self.polls == Some(0)
            || self.run.cue.is_given()
            || latest.is_some_and(|latest| latest.as_mut().poll(context).is_ready())
    }

    fn give_up(&mut self) {
        self.run.log(Member::All, What::GivingUp);
        self.request = None;
        self.run.log(Member::All, What::GivenUp);
    }
}

impl<T> Future for GiveUp<T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        // Before it looks: who gives the cue after it has looked wakes it.
        this.run.cue.waker.register(context.waker());
        if this.is_time(context) {
            this.give_up();
            return Poll::Ready(None);
        }
        let Some(request) = &mut this.request else {
            return Poll::Pending;
        };
        if let Poll::Ready(answer) = request.as_mut().poll(context) {
            this.request = None;
            this.run.log(Member::All, What::Answered);
            return Poll::Ready(Some(answer));
        }
        this.polls = this.polls.map(|polls| polls - 1);
        if this.is_time(context) {
            this.give_up();
            return Poll::Ready(None);
        }
        Poll::Pending
    }
}
