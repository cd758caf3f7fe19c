//! [`Invocation`]: one request for one handler, and [`Reply`]: what came of it.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::task::Context as TaskContext;

use crate::after_response::AfterResponse;
use crate::app::App;
use crate::block::{Room, Space};
use crate::context::Context;
use crate::failure::Failure;
use crate::function::Function;
use crate::handler::Admits;
use crate::outcome::Outcome;
use crate::plan::{Inputs, NodeFuture, Plan, PlanError};
use crate::run::{self, Borrower, RootCode, is_refused};
use crate::value::Value;

/// One request for the handler `H` in the context `C`: what a handler's wrapper takes.
///
/// Frameworks make it: axum through `FromRequest`, [`App::run`] from a context. Make one yourself to
/// bridge to a framework that neither hueless nor your crate owns. `M` says how the last parameter
/// is read; it is inferred.
///
/// ```
/// use hueless::{App, Call, Invocation, handler};
///
/// #[handler]
/// async fn ping() -> &'static str {
///     "pong"
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let reply = ping::handler(Invocation::new(App::new(), Call::new())).await.unwrap();
/// assert_eq!(reply.into_inner(), "pong");
/// # });
/// ```
#[must_use = "an invocation does nothing until a handler's wrapper takes it"]
pub struct Invocation<H, C, M> {
    app: App,
    context: C,
    handler: PhantomData<fn() -> (H, M)>,
}

impl<H, C: Context, M> Invocation<H, C, M> {
    /// A request for a handler, in `context`, with what `app` holds.
    pub fn new(app: App, context: C) -> Self {
        Self {
            app,
            context,
            handler: PhantomData,
        }
    }
}

impl<H, C, M> fmt::Debug for Invocation<H, C, M> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Invocation").finish_non_exhaustive()
    }
}

impl App {
    /// Runs a handler in a context, and returns what the handler returned.
    ///
    /// ```
    /// use hueless::{App, Call, Input, handler};
    ///
    /// #[handler]
    /// fn double(Input(number): Input<u64>) -> u64 {
    ///     number * 2
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
    /// let doubled = App::new().run(double::handler, Call::new().with(21_u64)).await.unwrap();
    /// assert_eq!(doubled, 42);
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// The context's rejection of the first failed node in declaration order, or of a
    /// [`Failure`](crate::Failure).
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped, async nodes are dropped, blocking nodes that have not started
    /// never start, and one that runs ends on its thread, told by its
    /// [`Cancellation`](crate::Cancellation). Then what was made is torn down on a task of the app,
    /// which [`shutdown`](Self::shutdown) waits for; a teardown that had begun goes on there.
    pub fn run<H, C, M, R, F, T>(
        &self,
        handler: F,
        context: C,
    ) -> impl Future<Output = Result<R, C::Rejection>> + use<H, C, M, R, F, T>
    where
        C: Context,
        F: FnOnce(Invocation<H, C, M>) -> T,
        T: Future<Output = Result<Reply<R>, C::Rejection>>,
    {
        let reply = handler(Invocation::new(self.clone(), context));
        async move { reply.await.map(Reply::into_inner) }
    }
}

/// What a handler returned, with what is still to be done for the request.
///
/// axum takes it as a response wherever it takes the value, and does the rest when the body was sent
/// or dropped. Elsewhere [`Reply::into_inner`] gives the value, and [`Reply::into_parts`] both. What
/// is still to be done when it is dropped is done, and hears that the request was
/// [cancelled](crate::Outcome::Cancelled).
///
/// ```
/// use hueless::Reply;
///
/// assert_eq!(Reply::new("pong").into_inner(), "pong");
///
/// let (value, after_response) = Reply::new("pong").into_parts();
/// assert_eq!(value, "pong");
/// assert!(after_response.is_empty());
/// ```
#[derive(Debug)]
#[must_use = "a reply holds what the handler returned"]
pub struct Reply<R> {
    value: R,
    after_response: AfterResponse,
}

impl<R> Reply<R> {
    /// A reply with nothing left to be done, for the tests of a bridge.
    pub fn new(value: R) -> Self {
        Self {
            value,
            after_response: AfterResponse::nothing(),
        }
    }

    /// What the handler returned, which counts as the response and as sent: what is to be done after
    /// it starts, on a task of the app: see [`AfterResponse::sent`], also for where there is no runtime.
    #[must_use]
    pub fn into_inner(self) -> R {
        self.after_response.sent();
        self.value
    }

    /// What the handler returned, and what is to be done when that has been sent.
    pub fn into_parts(self) -> (R, AfterResponse) {
        (self.value, self.after_response)
    }
}

/// Runs a handler that is an `async fn`. What it is given takes no room, so nothing is allocated for
/// it.
#[doc(hidden)]
pub fn invoke_async<H, C, M, P, F>(
    invocation: Invocation<H, C, M>,
    function: F,
) -> impl Future<Output = Result<Reply<<F::Returned as Future>::Output>, C::Rejection>> + Send
where
    C: Admits<H, M, P>,
    F: Function<P> + Send + 'static,
    F::Returned: Future<Output: Send + 'static> + Send + 'static,
{
    invoke_fallible_async(invocation, function, |_| false)
}

/// The same, of one that `has_failed` knows the failures of.
#[doc(hidden)]
pub fn invoke_fallible_async<H, C, M, P, F, E>(
    invocation: Invocation<H, C, M>,
    function: F,
    has_failed: E,
) -> impl Future<Output = Result<Reply<<F::Returned as Future>::Output>, C::Rejection>> + Send
where
    C: Admits<H, M, P>,
    F: Function<P> + Send + 'static,
    F::Returned: Future<Output: Send + 'static> + Send + 'static,
    E: FnOnce(&<F::Returned as Future>::Output) -> bool + Send + 'static,
{
    let finish = move |returned, room, made: &mut Option<Value>| {
        let is_failure = has_failed(&returned);
        *made = Some(Value::returned(returned, is_failure, room));
        Ok(())
    };
    let space = NodeFuture::<C>::space::<F::Returned, _, <F::Returned as Future>::Output>(&finish);
    let code = move |inputs: &mut Inputs<'_>,
                     room: Room,
                     task: &mut TaskContext<'_>,
                     made: &mut Option<Value>| {
        NodeFuture::<C>::begin(room, function.call(C::params(inputs)), finish, task, made)
    };
    invoke(invocation, RootCode::Async(Box::new(code), space))
}

/// Runs a handler that is a plain `fn`, where its colour says. A closure: of a [`Function`] rustc would
/// report twice what it returns.
#[doc(hidden)]
pub fn invoke_plain<H, C, M, P, F, T>(
    invocation: Invocation<H, C, M>,
    function: F,
) -> impl Future<Output = Result<Reply<T>, C::Rejection>> + Send
where
    C: Admits<H, M, P>,
    F: FnOnce(P) -> T + Send + 'static,
    T: Send + 'static,
{
    invoke_fallible_plain(invocation, function, |_| false)
}

/// The same, of one that `has_failed` knows the failures of.
#[doc(hidden)]
pub fn invoke_fallible_plain<H, C, M, P, F, T, E>(
    invocation: Invocation<H, C, M>,
    function: F,
    has_failed: E,
) -> impl Future<Output = Result<Reply<T>, C::Rejection>> + Send
where
    C: Admits<H, M, P>,
    F: FnOnce(P) -> T + Send + 'static,
    T: Send + 'static,
    E: FnOnce(&T) -> bool + Send + 'static,
{
    let code = move |inputs: &mut Inputs<'_>, room: Room, made: &mut Option<Value>| {
        let returned = function(C::params(inputs));
        let is_failure = has_failed(&returned);
        *made = Some(Value::returned(returned, is_failure, room));
        Ok(())
    };
    let space = Space::of::<T>();
    invoke(invocation, RootCode::Plain(Box::new(code), space))
}

async fn invoke<H, C, M, P, T>(
    invocation: Invocation<H, C, M>,
    code: RootCode<C>,
) -> Result<Reply<T>, C::Rejection>
where
    C: Admits<H, M, P>,
    T: 'static,
{
    let Invocation { app, context, .. } = invocation;
    let mut borrower = context.__prior_run().and_then(|prior| Borrower::of(&prior));
    let plan = ready(&app, &mut borrower, || C::plan(&app))?;
    let is_without_body = context.is_answered_without_body();
    let context = plan.share(context);
    let (result, mut after_response) = run::resolve(app, plan, context, code, borrower).await;
    if is_without_body {
        after_response = after_response.without_body();
    }
    match result {
        Ok(value) => Ok(Reply {
            value: value
                .into_owned()
                .expect("the handler's node makes what the handler returns"),
            after_response,
        }),
        Err(rejection) if after_response.is_empty() => Err(rejection),
        Err(rejection) => Err(C::attach(rejection, after_response)),
    }
}

/// The plan of a run. Whether the app takes requests still is asked when it begins; only where there is
/// no plan it is asked here. The run that it borrows from is told where this one does not begin.
pub(crate) fn ready<C: Context>(
    app: &App,
    borrower: &mut Option<Borrower>,
    plan: impl FnOnce() -> Result<Arc<Plan<C>>, PlanError>,
) -> Result<Arc<Plan<C>>, C::Rejection> {
    let failure = match plan() {
        Ok(plan) => return Ok(plan),
        Err(_) if is_refused(app, borrower.as_ref()) => Failure::shutting_down(),
        Err(error) => Failure::plan(error),
    };
    drop(
        borrower
            .take()
            .map(|borrower| borrower.tell(Outcome::Failed)),
    );
    Err(C::fail(failure))
}
