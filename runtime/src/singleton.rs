//! Singletons: made once for each [`App`], by a run of their own.
//!
//! 1. The first who needs a singleton starts its *flight*: a task of the app's own, outside the
//!    span, the task-locals and the cancellation of any request. Whoever comes while it flies waits
//!    for the same flight, so it is made once; who stops waiting does not stop it.
//! 2. All who wait when a flight fails get its failure. The next one who comes starts a new flight.
//! 3. Its graph is resolved like a request's, in a context of its own, [`Solo`], that supplies
//!    nothing.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};

use crate::app::App;
use crate::context::{Context, Extract, ExtractLast, Reject};
use crate::depends::Provider;
use crate::failure::Failure;
use crate::lifetime::Value;
use crate::meta::Meta;
use crate::plan::{Builder, Own, SharedError};
use crate::run::{self, RootCode};

/// The error of a singleton: all who wait for it get it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the error `{Self}` of a singleton is not `Clone + Send + Sync`",
    label = "all who wait for the singleton get this error",
    note = "derive `Clone` for it, or wrap what it holds in an `Arc`"
)]
pub trait SingletonError: Clone + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<E: Clone + Send + Sync + 'static> SingletonError for E {}

/// The context of a singleton's own run. Nothing can be read from it.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Solo;

/// Why a singleton could not be made; shared by all who wait for it.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub enum SingletonFailure {
    /// An error that a dependency of its graph returned.
    Error(Arc<dyn Any + Send + Sync>),
    /// A failure of hueless's own.
    Failure(Failure),
}

impl Context for Solo {
    type Rejection = SingletonFailure;
    type State = ();

    fn fail(failure: Failure) -> SingletonFailure {
        SingletonFailure::Failure(failure)
    }
}

impl<E: Send + Sync + 'static> Reject<E> for Solo {
    fn reject(error: E) -> SingletonFailure {
        SingletonFailure::Error(Arc::new(error))
    }
}

/// So that a singleton that reads the request is refused once, by its proof or its plan, and not a
/// second time for want of a context.
impl<T: Send> Extract<T> for Solo {
    async fn extract(&mut self) -> Result<T, SingletonFailure> {
        Err(SingletonFailure::Failure(Failure::singleton(
            "reads the request",
        )))
    }
}

impl<T: Send> ExtractLast<T, ()> for Solo {
    async fn extract_last(&mut self, _reads_left: usize) -> Result<T, SingletonFailure> {
        Extract::<T>::extract(self).await
    }
}

/// The singletons of one app.
#[derive(Debug, Default)]
pub(crate) struct Singletons {
    cells: Mutex<HashMap<TypeId, Arc<SingletonCell>>>,
}

impl Singletons {
    /// The cell of `D`, empty at first. Plans keep it, so requests do not look it up.
    pub(crate) fn cell<D: Provider>(&self) -> Arc<SingletonCell> {
        let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = cells.entry(TypeId::of::<D>()).or_insert_with(|| {
            Arc::new(SingletonCell {
                meta: D::META,
                own: D::OWN,
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
    own: Option<Own>,
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
    /// The value, if it is made.
    pub(crate) fn made(&self) -> Option<Value> {
        self.made
            .get()
            .map(|value| Value::Shared(Arc::clone(value)))
    }

    /// The value, as soon as it is made; starts to make it if nobody has.
    pub(crate) async fn wait(self: Arc<Self>, app: App) -> Result<Value, SingletonFailure> {
        loop {
            if let Some(value) = self.made() {
                return Ok(value);
            }
            if let Some(flight) = self.join_flight(&app)? {
                flight.await?;
            }
        }
    }

    /// The flight that is under way, or a new one; none if the last one has just succeeded.
    fn join_flight(self: &Arc<Self>, app: &App) -> Result<Option<Flight>, SingletonFailure> {
        let mut flight = self.flight.lock().unwrap_or_else(PoisonError::into_inner);
        // A flight that succeeds leaves the value before it ends: with no flight under the lock, no
        // value means that none has succeeded.
        if flight.is_some() || self.made.get().is_some() {
            return Ok(flight.clone());
        }
        let runtime = tokio::runtime::Handle::try_current()
            .map_err(|_| SingletonFailure::Failure(Failure::no_runtime()))?;
        let (cell, app) = (Arc::clone(self), app.clone());
        let task = runtime.spawn(async move {
            // Ended also when the task is dropped with its runtime, so that the next one can start.
            let _ended = EndFlight(&cell);
            let value = cell.make(app).await?;
            if let Value::Shared(value) = value {
                // The first: there is one flight at a time, and none after one that succeeded.
                cell.made.get_or_init(|| value);
            }
            Ok(())
        });
        let landed = async move {
            task.await
                .unwrap_or_else(|_| Err(SingletonFailure::Failure(Failure::abandoned())))
        };
        Ok(Some(flight.insert(landed.boxed().shared()).clone()))
    }

    async fn make(&self, app: App) -> Result<Value, SingletonFailure> {
        let name = self.meta.name;
        let own = self
            .own
            .ok_or(SingletonFailure::Failure(Failure::singleton(name)))?;
        let plan = Builder::build(&app, self.meta, app.is_sequential(), own)
            .map_err(|error| SingletonFailure::Failure(Failure::plan(error)))?;
        run::resolve(app, Arc::new(plan), Solo, RootCode::InPlan).await
    }

    /// The rejection of a failure in a request's own context.
    pub(crate) fn reject<C: Context>(
        &self,
        failure: SingletonFailure,
        errors: &[SharedError<C>],
    ) -> C::Rejection {
        match failure {
            SingletonFailure::Failure(failure) => C::fail(failure),
            SingletonFailure::Error(error) => errors
                .iter()
                .find_map(|convert| convert(&*error))
                .unwrap_or_else(|| C::fail(Failure::singleton(self.meta.name))),
        }
    }
}

struct EndFlight<'a>(&'a SingletonCell);

impl Drop for EndFlight<'_> {
    fn drop(&mut self) {
        *self.0.flight.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
