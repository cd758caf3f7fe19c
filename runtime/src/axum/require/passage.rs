//! [`Passage`]: one request that has passed, until its response has.

use std::marker::PhantomData;
use std::sync::{Arc, Weak};

use axum_core::extract::Request;
use axum_core::response::Response;
use http::Method;
use tokio::sync::Mutex;

use crate::after_response::AfterResponse;
use crate::app::{App, Slot};
use crate::axum::invocation::app_of;
use crate::axum::{Http, body};
use crate::block::{Room, Space};
use crate::context::Context;
use crate::depends::Provider;
use crate::failure::Failure;
use crate::invocation::ready;
use crate::meta::{Colour, Kind, Meta};
use crate::plan::{Builder, Declaration, Dependency, Inputs, NodeDone, Plan, PlanError};
use crate::run::{Borrower, Lender, PriorRun, RootCode};
use crate::unwind::Contained;
use crate::value::Value;

/// What a request has passed, for whoever resolves more for it.
#[derive(Clone)]
pub(in crate::axum) struct Passed(pub(in crate::axum) Weak<PriorRun>);

/// A request that has passed.
pub(super) struct Passage<S: Send + Sync + 'static> {
    lender: Lender<Http<S>>,
    is_head: bool,
}

impl<S: Send + Sync + 'static> Passage<S> {
    /// Resolves `D` for a request, and gives that back with its body unread.
    pub(super) async fn enter<D>(request: Request, state: S) -> Result<(Self, Request), Response>
    where
        D: Provider + Dependency<Http<S>>,
    {
        let app = app_of(&request);
        let is_head = request.method() == Method::HEAD;
        let http = Http::new(request, state);
        let mut borrower = http.__prior_run().and_then(|prior| Borrower::of(&prior));
        let plan = ready(&app, &mut borrower, || plan::<D, S>(&app))?;
        let context = Arc::new(Mutex::new(http));
        let shared = Contained::new(Arc::clone(&context));
        let root = RootCode::Plain(Box::new(nothing::<Http<S>>), Space::NONE);
        let lender = Lender::resolve(app, plan, shared, root, borrower).await;
        let lender = lender.map_err(|(rejection, after_response)| {
            body::attach(rejection, ending_with(is_head, after_response))
        })?;
        let mut request = context
            .lock()
            .await
            .take_request(0)
            .ok_or_else(|| Http::<S>::fail(Failure::internal(D::META.name)))?;
        request.extensions_mut().insert(Passed(lender.prior()));
        Ok((Self { lender, is_head }, request))
    }

    /// Ends what was resolved, before the response leaves.
    pub(super) async fn leave(self, response: Response) -> Response {
        let (rejection, after_response) = self.lender.end().await;
        let after_response = ending_with(self.is_head, after_response);
        body::attach(rejection.unwrap_or(response), after_response)
    }
}

/// What is to be done after a response, which to a HEAD has no body.
fn ending_with(is_head: bool, after_response: AfterResponse) -> AfterResponse {
    if is_head {
        after_response.without_body()
    } else {
        after_response
    }
}

/// The plan of what is required, kept by the app.
pub(super) fn plan<D, S>(app: &App) -> Result<Arc<Plan<Http<S>>>, PlanError>
where
    D: Provider + Dependency<Http<S>>,
    S: Send + Sync + 'static,
{
    static SLOT: Slot = Slot::new();
    let build = || {
        let sequential = app.settings().sequential;
        let mut plan = Builder::build(app, Require::<D>::META, sequential, declare::<D, _>)?;
        plan.keep_values();
        Ok(plan)
    };
    app.slots()
        .get_or_build::<(Require<D>, Http<S>), _, _>(&SLOT, build)
}

/// Says what the root needs.
fn declare<D, C>(root: &mut Declaration<'_, C>)
where
    C: Context,
    D: Provider + Dependency<C>,
{
    root.depends::<D>();
}

/// Does nothing with what is required: it is there for others.
fn nothing<C: Context>(_: &mut Inputs<'_>, room: Room, made: &mut Option<Value>) -> NodeDone<C> {
    *made = Some(Value::owned((), room));
    Ok(())
}

/// What the required dependency is resolved for, as a mistake in its graph names it.
struct Require<D>(PhantomData<fn() -> D>);

impl<D: Provider> Require<D> {
    const META: &'static Meta = &Meta {
        place: D::META.place,
        colour: Colour::Inline,
        kind: Kind::Handler,
        ..Meta::new::<Self>(D::META.name, D::META.place.module)
    };
}
