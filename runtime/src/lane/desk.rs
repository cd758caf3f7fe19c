//! [`Desks`]: what each thread works on, so that what does not end can be named.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError, Weak};
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
}

struct Begun {
    work: Work,
    since: Instant,
    /// How often it has been named.
    named: u32,
}

thread_local! {
    /// The desk of this thread, and whose it is: those of the last app that it worked for.
    static DESK: RefCell<Option<(Weak<All>, Arc<Desk>)>> = const { RefCell::new(None) };
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
        struct Done(Arc<Desk>);
        impl Drop for Done {
            fn drop(&mut self) {
                self.0.works().pop();
            }
        }
        let desk = self.desk();
        desk.works().push(Begun {
            work,
            since: Instant::now(),
            named: 0,
        });
        let _done = Done(desk);
        code()
    }

    /// Names what has been on a desk for too long, again after as long. Returns when to look next.
    pub(super) fn name_stuck(&self) -> Duration {
        let mut next = self.stuck_after;
        let mut stuck = Vec::new();
        let mut desks = self.desks.lock().unwrap_or_else(PoisonError::into_inner);
        desks.retain(|desk| desk.strong_count() > 0);
        for desk in desks.iter().filter_map(Weak::upgrade) {
            for begun in desk.works().iter_mut() {
                let age = begun.since.elapsed();
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

    fn desk(&self) -> Arc<Desk> {
        let known = DESK.with_borrow(|desk| {
            let (of, desk) = desk.as_ref()?;
            let is_ours = std::ptr::eq(of.as_ptr(), Arc::as_ptr(&self.desks));
            is_ours.then(|| Arc::clone(desk))
        });
        known.unwrap_or_else(|| {
            let desk = Arc::<Desk>::default();
            let mut desks = self.desks.lock().unwrap_or_else(PoisonError::into_inner);
            desks.push(Arc::downgrade(&desk));
            drop(desks);
            DESK.set(Some((Arc::downgrade(&self.desks), Arc::clone(&desk))));
            desk
        })
    }
}

impl Desk {
    fn works(&self) -> std::sync::MutexGuard<'_, Vec<Begun>> {
        self.works.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
