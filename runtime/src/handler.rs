//! What ties a handler to the contexts that can run it.
//!
//! A wrapper's only bound is [`Admits`], and that is met through a second trait whose `Self` is the
//! context's own type parameter. rustc cannot look into either before it knows the context, which
//! axum and [`App::run`](crate::App::run) learn after the handler is named. With the bounds of the
//! whole graph on the wrapper it would try them for an unknown context, in time exponential in the
//! depth of the graph.

use std::sync::Arc;

use crate::app::{App, Slot};
use crate::context::Context;
use crate::meta::Meta;
use crate::plan::{Builder, Declaration, Inputs, Plan, PlanError};

/// What `#[handler]` knows of a handler without a context.
///
/// ```
/// use hueless::{Graph, handler};
///
/// #[handler]
/// async fn ping() -> &'static str {
///     "pong"
/// }
///
/// assert_eq!(Graph::of::<ping>().to_string(), "ping (async)\n");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a handler",
    note = "a handler is a function that carries `#[hueless::handler]`",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#not-registered"
)]
pub trait HandlerMeta: Sized + 'static {
    #[doc(hidden)]
    const META: &'static Meta;
}

/// A handler with the parameters `P` that the context `C` can run.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the handler `{Self}` cannot run in the context `{C}`",
    note = "the context has to supply every parameter and to reject every error of the handler's dependencies",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#parameter"
)]
pub trait Handler<C: Context, M, P>: HandlerMeta {
    /// Whether a request resolves one node at a time.
    const SEQUENTIAL: bool = false;

    /// The handler's place in the list of plans of every app.
    fn slot() -> &'static Slot;
    /// Says what the handler needs.
    fn declare(node: &mut Declaration<'_, C>);
    /// Takes the parameters.
    fn params(inputs: &mut Inputs<'_>) -> P;
}

/// A context that can run the handler `H` with the parameters `P`.
///
/// `M` says how the last parameter is read. Implemented for every context that supplies what the
/// handler and its dependencies read and can reject with their errors; code that is generic over
/// handlers bounds it.
///
/// ```
/// use hueless::{Admits, App, BoxError, Call, Invocation, PlanError, Reply, handler};
///
/// #[handler]
/// async fn ping() -> &'static str {
///     "pong"
/// }
///
/// /// An app that serves a handler in a `Call`.
/// fn app_of<H, M, P, R, T>(handler: fn(Invocation<H, Call, M>) -> T) -> Result<App, PlanError>
/// where
///     Call: Admits<H, M, P>,
///     T: Future<Output = Result<Reply<R>, BoxError>>,
/// {
///     App::builder().on::<Call>().serves(handler).build()
/// }
///
/// assert!(app_of(ping::handler).is_ok());
/// ```
#[diagnostic::on_unimplemented(
    message = "the context `{Self}` cannot run the handler `{H}`",
    note = "a parameter that is not `Depends<…>` is read from the context (an extractor in axum, `Input<T>` in a `Call`), and an error that a dependency returns becomes its rejection",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#parameter"
)]
pub trait Admits<H, M, P>: Context {
    #[doc(hidden)]
    fn plan(app: &App) -> Result<Arc<Plan<Self>>, PlanError>;
    #[doc(hidden)]
    fn params(inputs: &mut Inputs<'_>) -> P;
}

impl<C: Context, H, M, P> Admits<H, M, P> for C
where
    C::State: Ready<C, H, M, P>,
{
    fn plan(app: &App) -> Result<Arc<Plan<C>>, PlanError> {
        <C::State as Ready<C, H, M, P>>::plan(app)
    }

    fn params(inputs: &mut Inputs<'_>) -> P {
        <C::State as Ready<C, H, M, P>>::params(inputs)
    }
}

/// The same, on a type that is unknown for as long as the context is.
#[doc(hidden)]
pub trait Ready<C: Context, H, M, P> {
    fn plan(app: &App) -> Result<Arc<Plan<C>>, PlanError>;
    fn params(inputs: &mut Inputs<'_>) -> P;
}

impl<S, C, H, M, P> Ready<C, H, M, P> for S
where
    C: Context,
    H: Handler<C, M, P>,
    M: 'static,
{
    fn plan(app: &App) -> Result<Arc<Plan<C>>, PlanError> {
        app.slots().get_or_build::<(H, C, M), _, _>(H::slot(), || {
            let sequential = H::SEQUENTIAL || app.settings().sequential;
            let plan = Builder::build(app, H::META, sequential, H::declare)?;
            #[cfg(feature = "inspect")]
            crate::inspect::watch::<H, C>(app, &plan);
            Ok(plan)
        })
    }

    fn params(inputs: &mut Inputs<'_>) -> P {
        H::params(inputs)
    }
}
