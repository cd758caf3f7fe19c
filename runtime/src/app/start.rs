//! [`App::start`]: all singletons, before the first request.

use std::error::Error;
use std::fmt;

use futures_util::future::join_all;

use super::App;
use crate::meta::Meta;
use crate::run::made;

impl App {
    /// Makes all singletons that the app knows, before the first request needs them: so an
    /// application that cannot reach its database says so when it starts, and the first request is as
    /// fast as any other.
    ///
    /// It knows those that are named with
    /// [`AppBuilder::singleton`](crate::AppBuilder::singleton), those that handlers need which are
    /// named with [`AppBuilder::serves`](crate::AppBuilder::serves) or have run before, those that
    /// stand for another dependency, and all that these are made from. Those that do not need each
    /// other are made at the same time, and each once, as if requests had asked for them.
    ///
    /// ```
    /// use hueless::{App, Call, Depends, dependency, handler};
    ///
    /// #[dependency(singleton)]
    /// async fn config() -> String {
    ///     "sqlite::memory:".to_owned()
    /// }
    ///
    /// #[dependency(singleton)]
    /// fn pool(config: Depends<config>) -> Result<u8, String> {
    ///     Err(format!("no database at {}", *config))
    /// }
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::builder().singleton::<pool>().build().unwrap();
    /// let error = app.start().await.unwrap_err();
    /// assert_eq!(error.failed().len(), 1);
    /// assert_eq!(error.failed()[0].meta().name, "pool");
    /// # });
    /// ```
    ///
    /// # Errors
    ///
    /// Every singleton that could not be made, in declaration order. One that failed less than
    /// [`retry_after`](crate::AppBuilder::retry_after) ago is not tried again. If the app is
    /// [shutting down](Self::shutdown) it makes none.
    ///
    /// # Cancel safety
    ///
    /// What is being made is made all the same when the future is dropped.
    pub async fn start(&self) -> Result<(), StartError> {
        let _presence = self.life().enter(&self.life().activity("App::start"));
        if self.life().is_closed() {
            return Err(StartError {
                is_shutdown: true,
                failed: Vec::new(),
            });
        }
        let cells = self.singletons().cells();
        let results = join_all(cells.iter().map(|cell| made(self, cell))).await;
        let failures = cells.iter().zip(results).filter_map(|(cell, made)| {
            Some(NotMade {
                meta: cell.meta(),
                why: self.singletons().error_texts().describe(&made.err()?),
            })
        });
        let failed: Vec<NotMade> = failures.collect();
        if failed.is_empty() {
            return Ok(());
        }
        Err(StartError {
            is_shutdown: false,
            failed,
        })
    }
}

/// Why an app could not [start](App::start): the singletons that could not be made.
///
/// Its text names functions and holds the errors they returned, so it is for the log.
///
/// ```
/// use hueless::{App, dependency};
///
/// #[dependency(singleton)]
/// fn pool() -> u8 {
///     panic!("no database")
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
/// let app = App::builder().singleton::<pool>().build().unwrap();
/// let error = app.start().await.unwrap_err();
/// let place = error.failed()[0].meta().place;
/// let expected = format!("a singleton could not be made: `pool` ({place}): `pool` panicked");
/// assert_eq!(error.to_string(), expected);
/// # });
/// ```
#[derive(Debug, Clone)]
pub struct StartError {
    is_shutdown: bool,
    failed: Vec<NotMade>,
}

impl StartError {
    /// The singletons that could not be made, in declaration order: each after what it is made from.
    #[must_use]
    pub fn failed(&self) -> &[NotMade] {
        &self.failed
    }

    /// The app is [shutting down](App::shutdown), so nothing was made.
    ///
    /// ```
    /// use std::time::Duration;
    /// use hueless::App;
    ///
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// let app = App::new();
    /// app.shutdown(Duration::from_secs(10)).await.unwrap();
    /// let error = app.start().await.unwrap_err();
    /// assert!(error.is_shutdown() && error.failed().is_empty());
    /// # });
    /// ```
    #[must_use]
    pub fn is_shutdown(&self) -> bool {
        self.is_shutdown
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.failed {
            [] => return formatter.write_str("the app is shutting down"),
            [failed] => return write!(formatter, "a singleton could not be made: {failed}"),
            failed => write!(formatter, "{} singletons could not be made", failed.len())?,
        }
        for (position, failed) in self.failed.iter().enumerate() {
            let separator = if position == 0 { ": " } else { "; " };
            write!(formatter, "{separator}{failed}")?;
        }
        Ok(())
    }
}

impl Error for StartError {}

/// A singleton that could not be made. Shown with its name, its place and why.
///
/// ```
/// use hueless::{App, dependency};
///
/// #[dependency(singleton)]
/// fn pool() -> u8 {
///     panic!("no database")
/// }
///
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
/// let app = App::builder().singleton::<pool>().build().unwrap();
/// for failed in app.start().await.unwrap_err().failed() {
///     assert_eq!((failed.meta().name, failed.why()), ("pool", "`pool` panicked"));
/// }
/// # });
/// ```
#[derive(Debug, Clone)]
pub struct NotMade {
    meta: &'static Meta,
    why: String,
}

impl NotMade {
    /// What is known of the singleton: its name, and where it is written.
    #[must_use]
    pub fn meta(&self) -> &'static Meta {
        self.meta
    }

    /// What its error says of itself, or what went wrong in hueless.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }
}

impl fmt::Display for NotMade {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { meta, why } = self;
        write!(formatter, "`{}` ({}): {why}", meta.label(), meta.place)
    }
}
