//! [`Desks`]: what each thread works on, so that what does not end can be named.
//!
//! 1. Who works reads no clock: how long something takes is counted from when it was first seen.
//! 2. A thread that ends a piece of work takes no lock. Only it changes how many it works on; what is
//!    on its desk besides those is over.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use crate::meta::Place;

/// What a thread works on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    pub(super) name: &'static str,
    pub(super) place: Place,
}

/// The desks of an app's threads.
pub(super) struct Desks {
    desks: Arc<All>,
    stuck_after: Duration,
}

type All = Mutex<Vec<Weak<Desk>>>;

/// What is on one thread's desk, the last begun on top: who waits in `block_on` may begin other work.
#[derive(Default)]
struct Desk {
    works: Mutex<Vec<Begun>>,
    /// How many of those are not over.
    depth: AtomicUsize,
}

struct Begun {
    work: Work,
    /// When it was first seen.
    since: Option<Instant>,
    /// How often it has been named.
    named: u32,
}

thread_local! {
    /// The desk of this thread, and whose it is: those of the last app that it worked for.
    static DESK: RefCell<Option<Rc<OfApp>>> = const { RefCell::new(None) };
}

/// A desk, and whose it is.
struct OfApp {
    desks: Weak<All>,
    desk: Arc<Desk>,
}

impl Desks {
    pub(super) fn new(stuck_after: Duration) -> Self {
        Self {
            desks: Arc::default(),
            stuck_after,
        }
    }

    /// Does a piece of work on this thread.
    pub(super) fn work<T>(&self, work: Work, code: impl FnOnce() -> T) -> T {
        struct Done(Rc<OfApp>, usize);
        impl Drop for Done {
            fn drop(&mut self) {
                self.0.desk.depth.store(self.1, Ordering::Relaxed);
            }
        }
        let of_app = self.desk();
        let depth = of_app.desk.begin(work);
        let _done = Done(of_app, depth);
        code()
    }

    /// Names what has been on a desk for too long, again after as long. Returns when to look next: so
    /// often that what is begun right after is seen soon.
    pub(super) fn name_stuck(&self) -> Duration {
        let now = Instant::now();
        let mut next = self.stuck_after / 4;
        let mut stuck = Vec::new();
        let mut desks = self.desks.lock().unwrap_or_else(PoisonError::into_inner);
        desks.retain(|desk| desk.strong_count() > 0);
        for desk in desks.iter().filter_map(Weak::upgrade) {
            let mut works = desk.works();
            let depth = desk.depth.load(Ordering::Relaxed);
            for begun in works.iter_mut().take(depth) {
                let since = *begun.since.get_or_insert(now);
                let age = now.saturating_duration_since(since);
                let due = self.stuck_after.saturating_mul(begun.named + 1);
                if age < due {
                    next = next.min(due.saturating_sub(age));
                } else {
                    begun.named += 1;
                    stuck.push((begun.work, age));
                }
            }
        }
        drop(desks);
        for (work, age) in stuck {
            tracing::warn!(
                node = work.name,
                place = %work.place,
                ?age,
                "a blocking function does not end"
            );
        }
        next
    }

    fn desk(&self) -> Rc<OfApp> {
        let known = DESK.with_borrow(|known| {
            let known = known.as_ref()?;
            let is_ours = std::ptr::eq(known.desks.as_ptr(), Arc::as_ptr(&self.desks));
            is_ours.then(|| Rc::clone(known))
        });
        known.unwrap_or_else(|| {
            let desk = Arc::<Desk>::default();
            let mut desks = self.desks.lock().unwrap_or_else(PoisonError::into_inner);
            desks.push(Arc::downgrade(&desk));
            drop(desks);
            let of_app = Rc::new(OfApp {
                desks: Arc::downgrade(&self.desks),
                desk,
            });
            DESK.set(Some(Rc::clone(&of_app)));
            of_app
        })
    }
}

impl Desk {
    /// Puts a piece of work on top. Returns how many lie below.
    fn begin(&self, work: Work) -> usize {
        let mut works = self.works();
        let depth = self.depth.load(Ordering::Relaxed);
        works.truncate(depth);
        works.push(Begun {
            work,
            since: None,
            named: 0,
        });
        self.depth.store(depth + 1, Ordering::Relaxed);
        depth
    }

    fn works(&self) -> MutexGuard<'_, Vec<Begun>> {
        self.works.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
