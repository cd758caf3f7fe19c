//! [`Unstoppable`]: a teardown that goes on when the request it belongs to is given up.

use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};

use super::ended::Ended;
use super::failure::TeardownFailure;
use super::remains::Remains;
use super::surroundings::Ground;
use crate::context::Context;

/// Tears values down in the future of a request; if that is dropped meanwhile, on a task of the app.
/// A teardown that has begun is never dropped half-way.
pub(in crate::run) struct Unstoppable<C: Context> {
    /// `None` once it is done.
    teardown: Option<TearingDown<C>>,
    ground: Ground,
}

/// The values that are left, and the first failure.
type TornDown<C> = (Ended<C>, Option<TeardownFailure<C>>);

type TearingDown<C> = Pin<Box<dyn Future<Output = TornDown<C>> + Send>>;

impl<C: Context> Unstoppable<C> {
    pub(in crate::run) fn new(remains: Remains<C>) -> Self {
        Self {
            ground: remains.surroundings.ground.clone(),
            teardown: Some(Box::pin(remains.tear_down())),
        }
    }

    /// Goes on with it on a task of the app.
    pub(super) fn detach(mut self) {
        self.go_on();
    }

    fn go_on(&mut self) {
        let Some(teardown) = self.teardown.take() else {
            return;
        };
        self.ground.spawn(async move {
            let (ended, failure) = teardown.await;
            if let Some(failure) = failure {
                failure.log();
            }
            ended.after_response(false).await;
        });
    }
}

impl<C: Context> Future for Unstoppable<C> {
    type Output = TornDown<C>;

    fn poll(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Self::Output> {
        let Some(teardown) = &mut self.teardown else {
            return Poll::Pending;
        };
        let polled = teardown.as_mut().poll(context);
        if polled.is_ready() {
            self.teardown = None;
        }
        polled
    }
}

impl<C: Context> Drop for Unstoppable<C> {
    fn drop(&mut self) {
        self.go_on();
    }
}
