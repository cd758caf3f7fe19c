//! [`AppBuilder`]: what it is told of the graph, and the app that it builds. The settings are in files
//! of their own, by what they are about.

mod lane;
mod schedule;
mod times;
mod watch;

use std::marker::PhantomData;
use std::sync::Arc;

pub use self::schedule::PollOnLane;

use super::{App, Settings, Shared};
use crate::context::Context;
use crate::depends::Provider;
use crate::lane::Lanes;
use crate::lifetime::Singleton;
use crate::plan::{Check, Dependency, PlanError, Replacements, Solo};

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
