//! [`App`]: what requests share.

mod builder;
mod current;
mod slots;
mod stats;

use std::sync::Arc;

pub use self::builder::{AppBuilder, PollOnLane};
pub use self::slots::Slot;
pub use self::stats::Stats;

pub(crate) use self::stats::Counters;

use self::slots::Slots;
use crate::context::Context;
use crate::graph::Graph;
use crate::handler::{Handler, HandlerMeta};
use crate::invocation::{Invocation, Reply};
use crate::plan::{Builder, Plan, PlanError};
use crate::scope::Locals;
use crate::singleton::Singletons;

/// What requests share: singletons, plans and settings.
///
/// Cloning it clones a handle. Two apps share nothing.
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering};
/// use hueless::{App, Call, Depends, dependency, handler};
///
/// static MADE: AtomicU32 = AtomicU32::new(0);
///
/// #[dependency(singleton)]
/// fn pool() -> u32 {
///     MADE.fetch_add(1, Ordering::Relaxed)
/// }
///
/// #[handler]
/// async fn which(pool: Depends<pool>) -> u32 {
///     *pool
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
/// let (one, other) = (App::new(), App::new());
/// assert_eq!(one.run(which::handler, Call::new()).await.unwrap(), 0);
/// assert_eq!(one.run(which::handler, Call::new()).await.unwrap(), 0);
/// assert_eq!(other.run(which::handler, Call::new()).await.unwrap(), 1);
/// # });
/// ```
#[derive(Debug, Clone)]
pub struct App {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    slots: Slots,
    singletons: Singletons,
    counters: Counters,
    locals: Locals,
    poll_on_lane: PollOnLane,
    sequential: bool,
}

impl App {
    /// An app with the default settings.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// An app with settings of your own.
    pub fn builder() -> AppBuilder {
        AppBuilder::default()
    }

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
    /// [`Cancellation`](crate::Cancellation).
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

    /// The graph of a handler.
    ///
    /// ```
    /// use hueless::{App, Depends, dependency, handler};
    ///
    /// #[dependency]
    /// fn user() -> String {
    ///     "Ada".to_owned()
    /// }
    ///
    /// #[handler]
    /// async fn greet(user: Depends<user>) -> String {
    ///     format!("hello {}", *user)
    /// }
    ///
    /// assert_eq!(App::new().graph::<greet>().to_string(), "greet (async)\n└─ user (plain)\n");
    /// ```
    #[must_use]
    pub fn graph<H: HandlerMeta>(&self) -> Graph {
        Graph::of::<H>()
    }

    /// What the app has done so far.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.shared.counters.read()
    }

    /// The plan of a handler, built when first asked for.
    pub(crate) fn plan<H, C, M, P>(&self) -> Result<Arc<Plan<C>>, PlanError>
    where
        C: Context,
        H: Handler<C, M, P>,
        M: 'static,
    {
        self.shared
            .slots
            .get_or_build::<(H, C, M), _, _>(H::slot(), || {
                let sequential = H::SEQUENTIAL || self.is_sequential();
                Builder::build(self, H::META, sequential, H::declare)
            })
    }

    pub(crate) fn singletons(&self) -> &Singletons {
        &self.shared.singletons
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.shared.counters
    }

    pub(crate) fn locals(&self) -> &Locals {
        &self.shared.locals
    }

    pub(crate) fn poll_on_lane(&self) -> PollOnLane {
        self.shared.poll_on_lane
    }

    pub(crate) fn is_sequential(&self) -> bool {
        self.shared.sequential
    }
}

impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}
