//! [`Background`]: the built-in dependency that takes work for after the response.
//!
//! 1. Work is run in the order in which it was added, whatever became of the work before.
//! 2. Work is never lost silently: what is not run because the handler did not complete is logged,
//!    what is added when the request is long over starts at once, and if the app is over it is logged.

use std::collections::VecDeque;
use std::fmt;
use std::panic::Location;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

use crate::depends::Provider;
use crate::lifetime::RequestScoped;
use crate::meta::{Colour, Meta};
use crate::proof::{Path, Walk};
use crate::teardown::{AsyncEnding, PlainEnding};

/// Takes work for after the response: futures, and closures that may block.
///
/// It runs in the order in which it was added, when the response has been sent or dropped, before
/// `after_response`, and only if the handler completed. What a teardown adds runs however the request
/// ended, as the teardown knew. A piece that fails or panics is logged and does not stop the others.
///
/// ```
/// use hueless::{App, Background, Call, Depends, handler};
/// # use std::time::Duration;
///
/// async fn index(_title: String) {}
/// fn make_thumbnail(_title: &str) {}
///
/// #[handler]
/// async fn upload(background: Depends<Background>) -> &'static str {
///     let title = "sunset".to_owned();
///     assert!(background.is_empty());
///     background.add(index(title.clone()));                // async: awaited
///     background.add(move || make_thumbnail(&title));       // plain: runs where it may block
///     assert_eq!(background.len(), 2);
///     "accepted"
/// }
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// let app = App::new();
/// assert_eq!(app.run(upload::handler, Call::new()).await.unwrap(), "accepted");
/// // Whatever goes on behind responses is waited for.
/// app.shutdown(Duration::from_secs(10)).await.unwrap();
/// # });
/// ```
///
/// Do not hold a connection over background work: nobody waits for that but other requests.
#[derive(Clone, Default)]
pub struct Background {
    queue: Arc<Mutex<Queue>>,
    /// Whether its run's handler has ended: what is added from then on knows how.
    handler_has_ended: Arc<AtomicBool>,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    /// Starts what is added when the request is over.
    late: Option<Arc<dyn Fn(Job) + Send + Sync>>,
}

/// A piece of work.
pub(crate) struct Job {
    /// Where it was added.
    pub(crate) place: &'static Location<'static>,
    pub(crate) work: JobWork,
    /// Whether it was added by somebody who knew how the handler ended.
    knows_outcome: bool,
}

/// What a piece of work does: the text of its error, if it has one.
#[doc(hidden)]
pub enum JobWork {
    /// It is awaited.
    Async(BoxFuture<'static, Result<(), String>>),
    /// It may block.
    Plain(Box<dyn FnOnce() -> Result<(), String> + Send>),
}

impl fmt::Debug for JobWork {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Async(_) => "JobWork::Async",
            Self::Plain(_) => "JobWork::Plain",
        })
    }
}

/// What a [`Background`] takes: a future, or a closure that may block, of `()` or of a `Result` whose
/// error can be displayed.
///
/// `M` says which of the two it is; it is inferred.
///
/// ```
/// use hueless::{Background, Work};
///
/// fn twice<M>(background: &Background, work: impl Work<M> + Clone) {
///     background.add(work.clone());
///     background.add(work);
/// }
///
/// let background = Background::new();
/// twice(&background, || std::fs::remove_file("upload.tmp"));
/// twice(&background, std::future::ready(()));
/// assert_eq!(background.len(), 4);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no work for the background",
    label = "neither a future nor a closure",
    note = "`Background::add` takes a future or a closure without parameters, `Send + 'static`, that gives `()` or `Result<(), E>` with an `E` that can be displayed",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#background-work"
)]
pub trait Work<M> {
    #[doc(hidden)]
    fn into_work(self) -> JobWork;
}

impl<F, T> Work<PlainEnding> for F
where
    F: FnOnce() -> T + Send + 'static,
    T: Done,
{
    fn into_work(self) -> JobWork {
        JobWork::Plain(Box::new(move || self().into_result()))
    }
}

impl<F> Work<AsyncEnding> for F
where
    F: Future<Output: Done> + Send + 'static,
{
    fn into_work(self) -> JobWork {
        JobWork::Async(self.map(Done::into_result).boxed())
    }
}

/// What work gives in the end.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "work for the background cannot give `{Self}`",
    note = "it gives `()` or `Result<(), E>` with an `E` that can be displayed",
    note = "see https://docs.rs/hueless/0.1/hueless/guide/errors/index.html#background-work"
)]
pub trait Done {
    /// The text of the error, if there is one.
    fn into_result(self) -> Result<(), String>;
}

impl Done for () {
    fn into_result(self) -> Result<(), String> {
        Ok(())
    }
}

impl<E: fmt::Display> Done for Result<(), E> {
    fn into_result(self) -> Result<(), String> {
        self.map_err(|error| error.to_string())
    }
}

impl Background {
    /// One that belongs to no request, to call a function by hand. What it is given stays in it.
    ///
    /// ```
    /// use hueless::{Background, Depends, handler};
    ///
    /// #[handler]
    /// fn upload(background: Depends<Background>) {
    ///     background.add(|| println!("done"));
    /// }
    ///
    /// let background = Background::new();
    /// upload(Depends::new(background.clone()));
    /// assert_eq!(background.len(), 1);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a piece of work: a future, or a closure that may block.
    ///
    /// When the request is over already, it starts at once. If the app is gone or has shut down it is
    /// logged as lost.
    #[track_caller]
    pub fn add<W: Work<M>, M>(&self, work: W) {
        let (place, work) = (Location::caller(), work.into_work());
        let mut queue = self.queue();
        let job = Job {
            place,
            work,
            knows_outcome: self.handler_has_ended.load(Ordering::Relaxed),
        };
        match queue.late.clone() {
            None => queue.jobs.push_back(job),
            Some(start) => {
                drop(queue);
                start(job);
            }
        }
    }

    /// How many pieces of work wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.queue().jobs.len()
    }

    /// Whether no work waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// From now on, whoever adds work knows how the handler ended.
    pub(crate) fn handler_ended(&self) {
        self.handler_has_ended.store(true, Ordering::Relaxed);
    }

    /// The same queue for another run, whose handler ends at a time of its own.
    pub(crate) fn lend(&self) -> Self {
        Self {
            queue: Arc::clone(&self.queue),
            handler_has_ended: Arc::default(),
        }
    }

    /// Takes out what was added for a handler that completed.
    pub(crate) fn take_hopeful(&self) -> Vec<Job> {
        let mut queue = self.queue();
        let (kept, hopeful) = queue.jobs.drain(..).partition(|job| job.knows_outcome);
        queue.jobs = VecDeque::from_iter::<Vec<Job>>(kept);
        hopeful
    }

    /// The next piece of work.
    pub(crate) fn next(&self) -> Option<Job> {
        self.queue().jobs.pop_front()
    }

    /// Ends the queue once it is empty: what is added from now on is given to the first `start`.
    pub(crate) fn close(&self, start: Arc<dyn Fn(Job) + Send + Sync>) -> bool {
        let mut queue = self.queue();
        let is_empty = queue.jobs.is_empty();
        queue.late = queue.late.take().or(is_empty.then_some(start));
        is_empty
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Background {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Background")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}

impl Provider for Background {
    type Output = Self;
    type Lifetime = RequestScoped;
    const META: &'static Meta = &Meta {
        colour: Colour::Inline,
        ..Meta::new::<Self>("Background", module_path!())
    };
}

impl Background {
    #[doc(hidden)]
    #[must_use]
    pub fn __hueless_meta() -> &'static Meta {
        Self::META
    }

    #[doc(hidden)]
    pub const fn __hueless_walk(walk: &mut Walk, up: Option<&Path<'_>>) {
        walk.enter(Self::META, up);
    }
}
