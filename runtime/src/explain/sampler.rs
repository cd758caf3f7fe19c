//! [`Sampler`]: which requests are recorded, and where explanations go.

use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::Explanation;

/// Says which requests are recorded, and takes what there is to tell of them.
///
/// ```
/// use hueless::App;
/// use hueless::explain::{Explanation, Sampler};
///
/// /// Prints every request of one handler.
/// struct Print(&'static str);
///
/// impl Sampler for Print {
///     fn wants(&self, handler: &'static str) -> bool {
///         handler == self.0
///     }
///
///     fn take(&self, explanation: Explanation) {
///         print!("{explanation}");
///     }
/// }
///
/// let app = App::builder().explain(Print("show")).build().unwrap();
/// # drop(app);
/// ```
pub trait Sampler: Send + Sync + 'static {
    /// Whether a request of this handler is to be recorded: asked before its first node, on the thread
    /// that polls it.
    fn wants(&self, handler: &'static str) -> bool;

    /// Takes what one request did, when all of it is over: on whatever thread that is, which it must not
    /// block.
    fn take(&self, explanation: Explanation);
}

impl fmt::Debug for dyn Sampler {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sampler")
    }
}

/// The last explanations, of one request in so many. Clones share them.
///
/// ```
/// use hueless::explain::Explanations;
/// use hueless::{App, Call, handler};
///
/// #[handler]
/// async fn ping() -> &'static str {
///     "pong"
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let explanations = Explanations::of_every(2);
/// let app = App::builder().explain(explanations.clone()).build().unwrap();
/// for _ in 0..3 {
///     app.run(ping::handler, Call::new()).await.unwrap();
/// }
///
/// // Of the first request, and now of the third.
/// assert_eq!(explanations.wait_for_next().await.handler(), "ping");
/// assert_eq!(explanations.last().len(), 1);
/// # });
/// ```
#[derive(Clone)]
pub struct Explanations(Arc<Shared>);

struct Shared {
    every: u64,
    asked: AtomicU64,
    last: Mutex<VecDeque<Explanation>>,
    taken: Notify,
}

/// How many are kept.
const KEPT: usize = 64;

impl Explanations {
    /// Records the first request, and then one in `every` of them. Of these the last 64 are kept.
    ///
    /// 0 records none.
    #[must_use]
    pub fn of_every(every: u64) -> Self {
        Self(Arc::new(Shared {
            every,
            asked: AtomicU64::new(0),
            last: Mutex::default(),
            taken: Notify::new(),
        }))
    }

    /// What is kept, the oldest first.
    #[must_use]
    pub fn last(&self) -> Vec<Explanation> {
        self.kept().iter().cloned().collect()
    }

    /// Takes out the oldest that is kept, or waits for the next one: for ever, if no more requests are
    /// recorded. Of several that wait one gets it.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped, nothing was taken.
    pub async fn wait_for_next(&self) -> Explanation {
        loop {
            let taken = self.0.taken.notified();
            if let Some(explanation) = self.kept().pop_front() {
                return explanation;
            }
            taken.await;
        }
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<Explanation>> {
        self.0.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sampler for Explanations {
    fn wants(&self, _handler: &'static str) -> bool {
        let asked = self.0.asked.fetch_add(1, Ordering::Relaxed);
        asked.checked_rem(self.0.every) == Some(0)
    }

    fn take(&self, explanation: Explanation) {
        let mut kept = self.kept();
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back(explanation);
        drop(kept);
        self.0.taken.notify_waiters();
    }
}

impl fmt::Debug for Explanations {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Explanations")
            .field("every", &self.0.every)
            .field("kept", &self.kept().len())
            .finish()
    }
}
