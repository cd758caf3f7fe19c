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

use std::sync::Arc;

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

use crate::plan::Replacements;
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
    life: Life,
    replacements: Arc<Replacements>,
    settings: Settings,
}

impl App {
    /// An app with the default settings.
    #[must_use]
    pub fn new() -> Self {
        Self {
            shared: Arc::default(),
        }
    }

    /// An app with settings of your own.
    pub fn builder() -> AppBuilder {
        AppBuilder::default()
    }

    /// What the app has done so far.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.shared.counters.read()
    }

    /// The plans of handlers.
    pub(crate) fn slots(&self) -> &Slots {
        &self.shared.slots
    }

    pub(crate) fn singletons(&self) -> &Singletons {
        &self.shared.singletons
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.shared.counters
    }

    /// Whether both are handles to one app.
    pub(crate) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.shared, &other.shared)
    }

    pub(crate) fn life(&self) -> &Life {
        &self.shared.life
    }

    pub(crate) fn replacements(&self) -> &Arc<Replacements> {
        &self.shared.replacements
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.shared.settings
    }
}

/// A new app. The one that serves where none was installed is [`App::current`].
impl Default for App {
    fn default() -> Self {
        Self::new()
    }
}
