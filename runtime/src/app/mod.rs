//! [`App`]: what requests share.

mod builder;
mod current;
mod life;
mod replacements;
mod settings;
mod shutdown;
mod slots;
mod start;
mod stats;

use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};

pub use self::builder::{AppBuilder, NoContext, PollOnLane};
pub use self::replacements::{LivesAsLongAs, OnContext};
pub use self::shutdown::StillRunning;
pub use self::slots::Slot;
pub use self::start::{NotMade, StartError};
pub use self::stats::Stats;

pub(crate) use self::life::{Activity, Life, Presence, Stage};
pub(crate) use self::settings::Settings;
pub(crate) use self::slots::Slots;
pub(crate) use self::stats::Counters;

#[cfg(feature = "inspect")]
use crate::inspect::Inspection;
use crate::lane::{Lanes, Limits};
use crate::plan::{Replacements, SlowJobs};
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
    shared: Arc<dyn IsShared>,
}

/// An app that may be gone.
#[derive(Debug, Clone)]
pub(crate) struct WeakApp(Weak<dyn IsShared>);

impl WeakApp {
    pub(crate) fn upgrade(&self) -> Option<App> {
        let shared = self.0.upgrade()?;
        Some(App { shared })
    }
}

/// What is [`Shared`], and nothing else is.
///
/// A router asks of each handler whether it may cross to another thread, and with it of the app. Of
/// `Shared` itself rustc would find that out each time anew, from all that it is made of.
trait IsShared: Debug + Send + Sync {
    fn get(&self) -> &Shared;
}

impl IsShared for Shared {
    fn get(&self) -> &Shared {
        self
    }
}

#[derive(Debug, Default)]
struct Shared {
    slots: Slots,
    singletons: Singletons,
    counters: Counters,
    life: Life,
    limits: Limits,
    lanes: Lanes,
    replacements: Arc<Replacements>,
    /// Whether it was said that a request belongs to two apps.
    has_met_another: AtomicBool,
    slow_jobs: SlowJobs,
    #[cfg(feature = "inspect")]
    inspection: Arc<Inspection>,
    settings: Settings,
}

impl App {
    /// An app with the default settings.
    #[must_use]
    pub fn new() -> Self {
        Self {
            shared: Arc::new(Shared::default()),
        }
    }

    /// An app with settings of your own.
    ///
    /// ```
    /// use std::time::Duration;
    /// use hueless::App;
    ///
    /// let app = App::builder().seats(64).queue_timeout(Duration::from_secs(2)).build()?;
    /// # drop(app);
    /// # Ok::<(), hueless::PlanError>(())
    /// ```
    pub fn builder() -> AppBuilder {
        AppBuilder::default()
    }

    /// What the app has done so far, and what it does now.
    ///
    /// ```
    /// use hueless::{App, Call, Stats, handler};
    ///
    /// #[handler]
    /// fn seats_in_use() -> usize {
    ///     App::current().stats().seats
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().build().unwrap().block_on(async {
    /// let app = App::current();
    /// assert_eq!(app.stats(), Stats::default());
    /// assert_eq!(app.run(seats_in_use::handler, Call::new()).await.unwrap(), 1);
    /// assert_eq!((app.stats().seats, app.stats().hops), (0, 1));
    /// # });
    /// ```
    #[must_use]
    pub fn stats(&self) -> Stats {
        let Shared {
            counters,
            lanes,
            limits,
            ..
        } = self.shared.get();
        Stats::read(counters, lanes.numbers(), limits)
    }

    /// The plans of handlers.
    #[inline]
    pub(crate) fn slots(&self) -> &Slots {
        &self.shared.get().slots
    }

    pub(crate) fn singletons(&self) -> &Singletons {
        &self.shared.get().singletons
    }

    #[inline]
    pub(crate) fn counters(&self) -> &Counters {
        &self.shared.get().counters
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.shared.get().limits
    }

    /// Whether both are handles to one app.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    /// The same without keeping it alive.
    pub(crate) fn downgrade(&self) -> WeakApp {
        WeakApp(Arc::downgrade(&self.shared))
    }

    /// Whether nobody has asked before: that a request belongs to two apps is said once.
    pub(crate) fn is_first_to_meet_another(&self) -> bool {
        !self
            .shared
            .get()
            .has_met_another
            .swap(true, Ordering::Relaxed)
    }

    /// Its seats and threads.
    pub(crate) fn lanes(&self) -> &Lanes {
        &self.shared.get().lanes
    }

    #[inline]
    pub(crate) fn life(&self) -> &Life {
        &self.shared.get().life
    }

    pub(crate) fn replacements(&self) -> &Arc<Replacements> {
        &self.shared.get().replacements
    }

    /// The work in the background that held executor threads.
    pub(crate) fn slow_jobs(&self) -> &SlowJobs {
        &self.shared.get().slow_jobs
    }

    /// What its inspectors have in common.
    #[cfg(feature = "inspect")]
    pub(crate) fn inspection(&self) -> &Arc<Inspection> {
        &self.shared.get().inspection
    }

    #[inline]
    pub(crate) fn settings(&self) -> &Settings {
        &self.shared.get().settings
    }
}

/// A new app. The one that serves where none was installed is [`App::current`].
impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}
