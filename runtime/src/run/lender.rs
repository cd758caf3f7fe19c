//! [`Lender`]: a run that stays open while others borrow what it has made.

use std::sync::{Arc, Weak};

use super::ending::Remains;
use super::prior::{Borrower, Open, PriorRun};
use super::settling::Settling;
use super::{RootCode, Settled, end};
use crate::after_response::AfterResponse;
use crate::app::App;
use crate::context::Context;
use crate::outcome::Outcome;
use crate::plan::{Plan, SharedContext};
use crate::unwind::{Contained, discard};

/// A run that stays open while others borrow what it has made. When it is dropped it is ended behind
/// whatever happens, as cancelled if nobody has said how it went.
pub(crate) struct Lender<C: Context> {
    /// `None` once it is ended.
    remains: Option<Box<Remains<C>>>,
    open: Option<Open>,
}

impl<C: Context> Lender<C> {
    /// Resolves a plan that [keeps its values](Plan::keep_values).
    ///
    /// # Errors
    ///
    /// The rejection of the first failed node, and what is still to be done.
    pub(crate) async fn resolve(
        app: App,
        plan: Arc<Plan<C>>,
        context: Contained<SharedContext<C>>,
        code: RootCode<C>,
        borrower: Option<Borrower>,
    ) -> Result<Self, (C::Rejection, AfterResponse)> {
        let Settled { result, remains } = Settling::new(app, plan, context, code, borrower).await;
        match result {
            Ok(value) => {
                discard(value);
                Ok(Self::of(remains))
            }
            // A teardown that fails after it is logged.
            Err(rejection) => {
                let (_, after_response) = end(remains).await;
                Err((rejection, after_response))
            }
        }
    }

    fn of(mut remains: Option<Box<Remains<C>>>) -> Self {
        let open = remains.as_mut().map(|remains| remains.lend());
        Self { remains, open }
    }

    /// What others borrow from.
    pub(crate) fn prior(&self) -> Weak<PriorRun> {
        self.open
            .as_ref()
            .map_or_else(Weak::new, |open| Arc::downgrade(&open.prior))
    }

    /// Ends what it has made, now that there is a response. Where somebody still works with that, it
    /// goes on behind the response. Returns the rejection that takes the place of the response, if a
    /// teardown fails, and what is still to be done.
    pub(crate) async fn end(mut self) -> (Option<C::Rejection>, AfterResponse) {
        self.open = None;
        let Some(mut remains) = self.remains.take() else {
            return (None, AfterResponse::nothing());
        };
        if remains.is_still_lent() {
            remains.end_behind();
            return (None, AfterResponse::nothing());
        }
        // Whoever answers without a handler of ours does not say how it went.
        remains.outcome = remains.outcome_of_borrowers().unwrap_or(Outcome::Completed);
        end(Some(remains)).await
    }
}

impl<C: Context> Drop for Lender<C> {
    fn drop(&mut self) {
        self.open = None;
        if let Some(remains) = self.remains.take() {
            remains.end_behind();
        }
    }
}
