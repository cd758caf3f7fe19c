//! [`SingletonCell`]: where plans find one singleton, and how it comes to be there.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::SingletonFailure;
use crate::block::AnyKept;
use crate::meta::Meta;
use crate::plan::Own;
use crate::unwind::Contained;
use crate::value::{Use, Value};

/// Where one singleton of one app is, or will be.
pub(crate) struct SingletonCell {
    meta: &'static Meta,
    /// How it is declared in the run of its own.
    own: Own,
    made: OnceLock<Weak<dyn Any + Send + Sync>>,
    /// The last one.
    flight: Mutex<Option<Arc<Flight>>>,
}

impl SingletonCell {
    pub(super) fn new(meta: &'static Meta, own: Own) -> Self {
        Self {
            meta,
            own,
            made: OnceLock::new(),
            flight: Mutex::new(None),
        }
    }

    pub(crate) fn meta(&self) -> &'static Meta {
        self.meta
    }

    pub(crate) fn own(&self) -> Own {
        self.own
    }

    /// Whether there is a value.
    pub(crate) fn is_made(&self) -> bool {
        let made = self.made.get();
        made.is_some_and(|value| value.strong_count() > 0)
    }

    /// The value, if there is one.
    pub(crate) fn made(&self) -> Option<Value> {
        let value = self.made.get()?.upgrade()?;
        Some(Value::Shared(AnyKept::apart(value), Use::default()))
    }

    /// The flight to wait for. If it comes with a landing nobody has started it yet.
    pub(crate) fn board(self: &Arc<Self>, retry_after: Duration) -> (Arc<Flight>, Option<Landing>) {
        let mut last = self.flight.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(flight) = &*last
            && flight.counts(retry_after)
        {
            return (Arc::clone(flight), None);
        }
        let flight = Arc::new(Flight::new());
        let obsolete = last.replace(Arc::clone(&flight));
        drop(last);
        // It may hold an error of a user's.
        drop(obsolete);
        let landing = Landing {
            cell: Arc::clone(self),
            flight: Arc::clone(&flight),
        };
        (flight, Some(landing))
    }
}

impl fmt::Debug for SingletonCell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SingletonCell")
            .field("name", &self.meta.name)
            .field("is_made", &self.is_made())
            .finish_non_exhaustive()
    }
}

/// One try to make a singleton.
pub(crate) struct Flight {
    end: OnceLock<End>,
    /// After the end.
    over: CancellationToken,
}

enum End {
    Made,
    Failed(Contained<SingletonFailure>, Instant),
    /// Its runtime went away, or code outside of any node panicked.
    CutOff,
}

impl Flight {
    fn new() -> Self {
        Self {
            end: OnceLock::new(),
            over: CancellationToken::new(),
        }
    }

    /// Whether who comes now gets what it comes to.
    fn counts(&self, retry_after: Duration) -> bool {
        match self.end.get() {
            None | Some(End::Made) => true,
            Some(End::Failed(_, since)) => since.elapsed() < retry_after,
            Some(End::CutOff) => false,
        }
    }

    fn end(&self, end: End) {
        // The first one: a landing is used up by what it says.
        self.end.get_or_init(|| end);
        self.over.cancel();
    }

    /// Waits until it is over.
    pub(crate) async fn wait(&self) -> Landed {
        self.over.cancelled().await;
        match self.end.get() {
            Some(End::Made) => Landed::Made,
            Some(End::Failed(failure, _)) => match failure.as_ref() {
                Some(failure) => Landed::Failed(failure.clone()),
                None => Landed::CutOff,
            },
            Some(End::CutOff) | None => Landed::CutOff,
        }
    }
}

/// How a flight has ended, for those who waited for it.
pub(crate) enum Landed {
    Made,
    Failed(SingletonFailure),
    /// Its runtime went away, or code outside of any node panicked.
    CutOff,
}

/// The duty to end a flight. It is cut off if that is forgotten, however its task ends: also if a
/// runtime drops it before it ever ran.
pub(crate) struct Landing {
    cell: Arc<SingletonCell>,
    flight: Arc<Flight>,
}

impl Landing {
    /// The value is made, and has its owner.
    pub(crate) fn made(self, value: Weak<dyn Any + Send + Sync>) {
        // The first one: there is one flight at a time, and none after one that succeeded.
        self.cell.made.get_or_init(|| value);
        self.flight.end(End::Made);
    }

    pub(crate) fn failed(self, failure: SingletonFailure) {
        let failure = Contained::new(failure);
        self.flight.end(End::Failed(failure, Instant::now()));
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        if self.flight.end.get().is_none() {
            self.flight.end(End::CutOff);
        }
    }
}
