//! Singletons: made once for each [`App`](crate::App).
//!
//! 1. The first who needs a singleton starts its *flight*: a task of the app's own, outside the
//!    span, the task-locals and the cancellation of any request. Whoever comes while it flies waits
//!    for the same flight, so it is made once; who stops waiting does not stop it.
//! 2. All who wait when a flight fails get its failure. The next one who comes starts a new flight.
//!
//! What a flight does is not known here: whoever waits brings it.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use tokio::sync::oneshot;

use crate::failure::Failure;
use crate::lifetime::Value;
use crate::meta::Meta;

/// Why a singleton could not be made; shared by all who wait for it.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub enum SingletonFailure {
    /// An error that a dependency of its graph returned, and the name of its type.
    Error(Arc<dyn Any + Send + Sync>, &'static str),
    /// A failure of hueless's own.
    Failure(Failure),
}

/// What makes a singleton.
pub(crate) type Making = BoxFuture<'static, Result<Value, SingletonFailure>>;

/// The singletons of one app.
#[derive(Debug, Default)]
pub(crate) struct Singletons {
    cells: Mutex<HashMap<TypeId, Arc<SingletonCell>>>,
}

impl Singletons {
    /// The cell of a dependency, empty at first. Plans keep it, so requests do not look it up.
    pub(crate) fn cell(&self, meta: &'static Meta) -> Arc<SingletonCell> {
        let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = cells.entry((meta.id)()).or_insert_with(|| {
            Arc::new(SingletonCell {
                meta,
                made: OnceLock::new(),
                flight: Mutex::new(None),
            })
        });
        Arc::clone(cell)
    }
}

type Flight = Shared<BoxFuture<'static, Result<(), SingletonFailure>>>;

/// Where one singleton of one app is, or will be.
pub(crate) struct SingletonCell {
    meta: &'static Meta,
    made: OnceLock<Arc<dyn Any + Send + Sync>>,
    flight: Mutex<Option<Flight>>,
}

impl fmt::Debug for SingletonCell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SingletonCell")
            .field("name", &self.meta.name)
            .field("made", &self.made.get().is_some())
            .finish_non_exhaustive()
    }
}

impl SingletonCell {
    pub(crate) fn meta(&self) -> &'static Meta {
        self.meta
    }

    /// The value, if it is made.
    pub(crate) fn made(&self) -> Option<Value> {
        self.made
            .get()
            .map(|value| Value::Shared(Arc::clone(value)))
    }

    /// The value, as soon as it is made; starts to make it if nobody has.
    pub(crate) async fn wait(
        self: Arc<Self>,
        make: impl Fn() -> Making,
    ) -> Result<Value, SingletonFailure> {
        loop {
            if let Some(value) = self.made() {
                return Ok(value);
            }
            if let Some(flight) = self.join_flight(&make)? {
                flight.await?;
            }
        }
    }

    /// The flight that is under way, or a new one; none if the last one has just succeeded.
    fn join_flight(
        self: &Arc<Self>,
        make: impl Fn() -> Making,
    ) -> Result<Option<Flight>, SingletonFailure> {
        let mut flight = self.flight.lock().unwrap_or_else(PoisonError::into_inner);
        // A flight that succeeds leaves the value before it ends: with no flight under the lock, no
        // value means that none has succeeded.
        if flight.is_some() || self.made.get().is_some() {
            return Ok(flight.clone());
        }
        let runtime = tokio::runtime::Handle::try_current()
            .map_err(|_| SingletonFailure::Failure(Failure::no_runtime()))?;
        let (landed, landing) = oneshot::channel();
        let landing = landing.map(|landed| match landed {
            Ok(result) => result,
            Err(_) => Err(SingletonFailure::Failure(Failure::abandoned())),
        });
        let installed = flight.insert(landing.boxed().shared()).clone();
        drop(flight);

        // Ended however the task ends, also if its runtime drops it before it ever ran, so that the
        // next flight can start.
        let ended = EndFlight(Arc::clone(self));
        let making = make();
        drop(runtime.spawn(async move {
            let result = making.await.map(|value| {
                if let Value::Shared(value) = value {
                    // The first: there is one flight at a time, and none after one that succeeded.
                    ended.0.made.get_or_init(|| value);
                }
            });
            drop(ended);
            // Nobody may wait any more.
            drop(landed.send(result));
        }));
        Ok(Some(installed))
    }
}

struct EndFlight(Arc<SingletonCell>);

impl Drop for EndFlight {
    fn drop(&mut self) {
        *self.0.flight.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
