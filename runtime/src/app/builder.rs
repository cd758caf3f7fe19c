//! [`AppBuilder`]: the settings of an app.

use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::LocalKey;

use super::{App, Settings, Shared};
use crate::context::Context;
use crate::depends::Provider;
use crate::explain::Sampler;
use crate::lane::Lanes;
use crate::lifetime::Singleton;
use crate::plan::{Check, Dependency, PlanError, Replacements, Solo};
use crate::scope::Local;
use crate::timer::UNLIMITED;

/// Sets up an [`App`].
///
/// ```
/// use hueless::{App, PollOnLane};
///
/// tokio::task_local! {
///     static TENANT: String;
/// }
///
/// let app = App::builder().propagate(&TENANT).poll_on_lane(PollOnLane::Always).build()?;
/// # Ok::<(), hueless::PlanError>(())
/// ```
///
/// `C` is the context that [`on`](Self::on) named last: what is said of one context is said after it.
#[derive(Debug)]
#[must_use = "settings do nothing until the app is built"]
pub struct AppBuilder<C = NoContext> {
    settings: Settings,
    pub(super) replacements: Replacements,
    /// Looks at what is to be known from the start.
    pub(crate) checks: Vec<fn(&mut Check)>,
    context: PhantomData<fn() -> C>,
}

/// No context was named with [`AppBuilder::on`]: what a builder starts with.
///
/// ```
/// use hueless::{App, AppBuilder, NoContext};
///
/// let builder: AppBuilder<NoContext> = App::builder();
/// # drop(builder);
/// ```
#[derive(Debug, Clone, Copy)]
pub enum NoContext {}

impl Default for AppBuilder {
    fn default() -> Self {
        Self {
            settings: Settings::default(),
            replacements: Replacements::default(),
            checks: Vec::new(),
            context: PhantomData,
        }
    }
}

impl<C> AppBuilder<C> {
    /// What is said next is said of the context `Next`, whichever was named before: see
    /// [`replace`](Self::replace) and [`serves`](Self::serves). Settings are for all contexts,
    /// wherever they are said.
    ///
    /// ```
    /// # #[cfg(feature = "axum")] {
    /// use hueless::axum::Http;
    /// use hueless::{App, Call, Depends, dependency, handler};
    ///
    /// #[dependency]
    /// fn clock() -> u64 {
    ///     1_700_000_000
    /// }
    ///
    /// #[dependency]
    /// fn stopped_clock() -> u64 {
    ///     0
    /// }
    ///
    /// #[handler]
    /// fn now(clock: Depends<clock>) -> String {
    ///     clock.to_string()
    /// }
    ///
    /// let app = App::builder()
    ///     .on::<Http<()>>()
    ///     .serves(now::handler)
    ///     .replace::<clock, stopped_clock>()
    ///     .on::<Call>()
    ///     .replace::<clock, stopped_clock>()
    ///     .sequential()
    ///     .build()
    ///     .unwrap();
    /// # }
    /// ```
    pub fn on<Next: Context>(self) -> AppBuilder<Next> {
        AppBuilder {
            settings: self.settings,
            replacements: self.replacements,
            checks: self.checks,
            context: PhantomData,
        }
    }

    /// Sets a task-local on every thread that works for a request, to what it is where the request's
    /// run starts. Task-locals that are not declared here may be missing in plain functions, and in
    /// async ones that are polled on a lane thread.
    ///
    /// ```
    /// use hueless::{App, Call, handler};
    ///
    /// tokio::task_local! {
    ///     static TENANT: String;
    /// }
    ///
    /// #[handler]
    /// fn tenant() -> String {
    ///     TENANT.get()
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
    /// let app = App::builder().propagate(&TENANT).build().unwrap();
    /// let request = app.run(tenant::handler, Call::new());
    /// assert_eq!(TENANT.scope("acme".to_owned(), request).await.unwrap(), "acme");
    /// # });
    /// ```
    pub fn propagate<T: Clone + Send + Sync + 'static>(
        mut self,
        local: &'static LocalKey<T>,
    ) -> Self {
        self.settings.locals.0.push(Arc::new(Local(local)));
        self
    }

    /// Which async functions are polled on the lane thread on which they become ready. For tests:
    /// [`PollOnLane::Always`] and [`PollOnLane::Never`] make schedules repeatable.
    ///
    /// ```
    /// use hueless::{App, Call, Depends, PollOnLane, dependency, handler};
    ///
    /// #[dependency]
    /// fn id() -> u64 {
    ///     7
    /// }
    ///
    /// #[dependency]
    /// async fn name(id: Depends<id>) -> String {
    ///     format!("user {}", *id)
    /// }
    ///
    /// #[handler]
    /// fn show(name: Depends<name>) -> usize {
    ///     name.len()
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// for (poll_on_lane, hops) in [(PollOnLane::Always, 1), (PollOnLane::Never, 2)] {
    ///     let app = App::builder().poll_on_lane(poll_on_lane).build().unwrap();
    ///     assert_eq!(app.run(show::handler, Call::new()).await.unwrap(), 6);
    ///     assert_eq!(app.stats().hops, hops);
    /// }
    /// # });
    /// ```
    pub fn poll_on_lane(mut self, poll_on_lane: PollOnLane) -> Self {
        self.settings.poll_on_lane = poll_on_lane;
        self
    }

    /// Makes every handler resolve its dependencies one at a time, in declaration order, as
    /// `#[handler(sequential)]` does for one.
    ///
    /// ```
    /// use std::sync::Mutex;
    /// use hueless::{App, Call, Depends, dependency, handler};
    ///
    /// static LOG: Mutex<Vec<&str>> = Mutex::new(Vec::new());
    ///
    /// #[dependency]
    /// async fn first() -> u8 {
    ///     tokio::task::yield_now().await;
    ///     LOG.lock().unwrap().push("first");
    ///     1
    /// }
    ///
    /// #[dependency]
    /// async fn second() -> u8 {
    ///     LOG.lock().unwrap().push("second");
    ///     2
    /// }
    ///
    /// #[handler]
    /// async fn sum(first: Depends<first>, second: Depends<second>) -> u8 {
    ///     *first + *second
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().sequential().build().unwrap();
    /// assert_eq!(app.run(sum::handler, Call::new()).await.unwrap(), 3);
    /// assert_eq!(*LOG.lock().unwrap(), ["first", "second"]);
    /// # });
    /// ```
    pub fn sequential(mut self) -> Self {
        self.settings.sequential = true;
        self
    }

    /// Has the app know a singleton before a handler needs it, and so what that is made from: then
    /// [`App::start`] makes it.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicBool, Ordering};
    /// use hueless::{App, dependency};
    ///
    /// static IS_MADE: AtomicBool = AtomicBool::new(false);
    ///
    /// #[dependency(singleton)]
    /// fn pool() -> &'static str {
    ///     IS_MADE.store(true, Ordering::Relaxed);
    ///     "a pool"
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().singleton::<pool>().build().unwrap();
    /// app.start().await.unwrap();
    /// assert!(IS_MADE.load(Ordering::Relaxed));
    /// # });
    /// ```
    pub fn singleton<D>(mut self) -> Self
    where
        D: Provider<Lifetime = Singleton> + Dependency<Solo>,
    {
        self.checks.push(Check::singleton::<D>);
        self
    }

    /// For how long a singleton that could not be made is not tried again: whoever needs it in that
    /// time gets the same failure at once. 1 second unless set.
    ///
    /// ```
    /// use std::sync::atomic::{AtomicU32, Ordering};
    /// use std::time::Duration;
    /// use hueless::{App, Call, Depends, dependency, handler};
    ///
    /// static TRIES: AtomicU32 = AtomicU32::new(0);
    ///
    /// #[dependency(singleton)]
    /// fn pool() -> Result<u32, &'static str> {
    ///     match TRIES.fetch_add(1, Ordering::Relaxed) {
    ///         0 => Err("no database yet"),
    ///         tries => Ok(tries),
    ///     }
    /// }
    ///
    /// #[handler]
    /// async fn read(pool: Depends<pool>) -> u32 {
    ///     *pool
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().retry_after(Duration::ZERO).build().unwrap();
    /// assert!(app.run(read::handler, Call::new()).await.is_err());
    /// assert_eq!(app.run(read::handler, Call::new()).await.unwrap(), 1);
    /// # });
    /// ```
    pub fn retry_after(mut self, retry_after: Duration) -> Self {
        self.settings.retry_after = retry_after;
        self
    }

    /// How long a `teardown` or an `after_response` may take. One that takes longer has failed, and
    /// the next one runs: an async one is dropped, a plain one is left behind on its thread. 30
    /// seconds unless set; `None` for as long as it takes. On a runtime without timers there is no
    /// limit, and the log says so.
    ///
    /// ```
    /// use std::time::Duration;
    /// use hueless::{App, Call, Depends, Failure, Outcome, dependency, handler};
    ///
    /// #[dependency(teardown = close)]
    /// async fn session() -> Result<u64, Failure> {
    ///     Ok(7)
    /// }
    ///
    /// async fn close(_session: Depends<session>, _outcome: Outcome) -> Result<(), Failure> {
    ///     // The other side does not answer.
    ///     std::future::pending().await
    /// }
    ///
    /// #[handler]
    /// async fn read(session: Depends<session>) -> u64 {
    ///     *session
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().teardown_timeout(Duration::from_millis(1)).build().unwrap();
    /// let error = app.run(read::handler, Call::new()).await.unwrap_err();
    /// assert!(error.downcast_ref::<Failure>().unwrap().is_timeout());
    /// # });
    /// # App::builder().teardown_timeout(None).build().unwrap();
    /// ```
    pub fn teardown_timeout(mut self, teardown_timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.teardown_timeout = teardown_timeout.into().unwrap_or(UNLIMITED);
        self
    }

    /// How long the client may take to send a body that a handler reads whole, counted from when it
    /// is first read. A request that takes longer is rejected: to HTTP a 408. 30 seconds unless set;
    /// `None` for as long as it takes. On a runtime without timers there is no limit, and the log says
    /// so.
    ///
    /// ```
    /// # #[cfg(feature = "axum")]
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// use std::convert::Infallible;
    /// use std::time::Duration;
    /// use axum::body::Body;
    /// use axum::http::Request;
    /// use hueless::axum::Http;
    /// use hueless::{App, handler};
    ///
    /// #[handler]
    /// async fn upload(body: String) -> usize {
    ///     body.len()
    /// }
    ///
    /// // A client that promises a body and sends none.
    /// let body = Body::from_stream(futures_util::stream::pending::<Result<String, Infallible>>());
    /// let request = Http::new(Request::post("/").body(body).unwrap(), ());
    /// let app = App::builder().body_timeout(Duration::from_millis(1)).build().unwrap();
    /// let rejection = app.run(upload::handler, request).await.unwrap_err();
    /// assert_eq!(rejection.status(), 408);
    /// # });
    /// # hueless::App::builder().body_timeout(None).build().unwrap();
    /// ```
    pub fn body_timeout(mut self, body_timeout: impl Into<Option<Duration>>) -> Self {
        self.settings.body_timeout = body_timeout.into();
        self
    }

    /// Names, through `tracing`, every async or inline node that held an executor thread for longer
    /// than `slow_poll`, at most once a minute each: other requests waited meanwhile. 50 milliseconds
    /// in debug builds, and off in others, unless set; `None` names none.
    ///
    /// ```
    /// use std::time::Duration;
    /// use hueless::App;
    ///
    /// let watchful = App::builder().slow_poll(Duration::from_millis(5)).build()?;
    /// let silent = App::builder().slow_poll(None).build()?;
    /// # Ok::<(), hueless::PlanError>(())
    /// ```
    pub fn slow_poll(mut self, slow_poll: impl Into<Option<Duration>>) -> Self {
        self.settings.slow_poll = slow_poll.into();
        self
    }

    /// Has requests written down, node by node: those that `sampler` wants, which gets an
    /// [`Explanation`](crate::explain::Explanation) of each when all of it is over. Where nothing is
    /// set nothing is asked.
    ///
    /// ```
    /// use hueless::App;
    /// use hueless::explain::Explanations;
    ///
    /// let last = Explanations::of_every(1_000);
    /// let app = App::builder().explain(last.clone()).build()?;
    /// assert!(last.last().is_empty());
    /// # drop(app);
    /// # Ok::<(), hueless::PlanError>(())
    /// ```
    pub fn explain(mut self, sampler: impl Sampler) -> Self {
        self.settings.explain = Some(Arc::new(sampler));
        self
    }

    /// How many requests may have a seat at once: the right to a thread, which a request takes before
    /// its first node if anything of it may block, and gives back when its last node and its last
    /// teardown before the response are done. Those that come when all are taken wait, the first that
    /// came first. 4,096 unless set; 1 at least.
    ///
    /// ```
    /// use hueless::{App, Call, block_on, handler};
    ///
    /// #[handler]
    /// fn outer() -> usize {
    ///     let app = App::current();
    ///     app.stats().seats
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().seats(100).build().unwrap();
    /// app.run(outer::handler, Call::new()).await.unwrap();
    /// assert_eq!(app.stats().seats, 0);
    /// # });
    /// ```
    pub fn seats(mut self, seats: usize) -> Self {
        self.settings.lane.seats = seats;
        self
    }

    /// How many threads run blocking functions at once. A thread more is started after each
    /// [`stall`](Self::stall), so this is what is used while work goes on, and
    /// [`seats`](Self::seats) is the most there can be. 512 unless set; 1 at least.
    pub fn blocking_limit(mut self, threads: usize) -> Self {
        self.settings.lane.threads = threads;
        self
    }

    /// When one thread more is started: if a request that has a seat waits for a thread, and no blocking
    /// function has come to its end for this long. Those at work may wait for just that request. 10
    /// milliseconds unless set.
    pub fn stall(mut self, stall: Duration) -> Self {
        self.settings.lane.stall = stall;
        self
    }

    /// How many requests may wait for a [seat](Self::seats). One more is turned away as
    /// [overloaded](crate::Failure::is_overloaded), and has run nothing. Four times the seats unless
    /// set.
    pub fn queue_limit(mut self, waiting: usize) -> Self {
        self.settings.lane.queue_limit = Some(waiting);
        self
    }

    /// How long a request may wait for a [seat](Self::seats) before it is turned away as
    /// [overloaded](crate::Failure::is_overloaded), and has run nothing. 30 seconds unless set.
    pub fn queue_timeout(mut self, timeout: Duration) -> Self {
        self.settings.lane.queue_timeout = timeout;
        self
    }

    /// How many threads run at once what comes after responses: `after_response`, work in the
    /// [`Background`](crate::Background) and [blocking streams](crate::blocking_stream()). They are
    /// none of those of requests, and like those one more is started after a [`stall`](Self::stall).
    /// 64 unless set; 1 at least.
    pub fn after_limit(mut self, threads: usize) -> Self {
        self.settings.lane.after_threads = threads;
        self
    }

    /// After how long a blocking function that does not end is named through `tracing`, and again
    /// after as long each time. 30 seconds unless set.
    pub fn stuck_after(mut self, stuck_after: Duration) -> Self {
        self.settings.lane.stuck_after = stuck_after;
        self
    }

    /// Builds the app.
    ///
    /// # Errors
    ///
    /// Every mistake in what was set, at once: what is replaced twice, and what is wrong with the
    /// graph of a [replacement](Self::replace), of a [singleton](Self::singleton), of a handler that
    /// the app [serves](Self::serves) or, with the feature `axum`, of what a layer of it `requires`.
    pub fn build(self) -> Result<App, PlanError> {
        let app = App {
            shared: Arc::new(Shared {
                lanes: Lanes::new(&self.settings.lane),
                settings: self.settings,
                replacements: Arc::new(self.replacements),
                ..Shared::default()
            }),
        };
        let mut check = Check::new(&app);
        check.replacements();
        for look in self.checks {
            look(&mut check);
        }
        check.finish()?;
        Ok(app)
    }
}

/// Which async functions, and which extractors, are polled on the lane thread on which they become
/// ready.
///
/// A dependency marked `executor` never is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum PollOnLane {
    /// Those that a blocking node waits for: if they are done at once, the thread goes on with that
    /// node and a hop is saved. A handler too, where a plain function has made what is dropped next.
    #[default]
    WhereItSavesAHop,
    /// All of them, so that a function that cannot run there fails every time and not sometimes.
    Always,
    /// None.
    Never,
}
