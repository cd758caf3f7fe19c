//! [`Singletons`]: the singletons of one app, and the values that it owns.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::runtime::Handle;
use tokio_util::sync::CancellationToken;

use super::{ErrorTexts, SingletonCell};
use crate::meta::{Colour, Meta};
use crate::plan::{Own, Plan, Solo};
use crate::unwind::{contain, discard};

/// The singletons of one app.
#[derive(Debug, Default)]
pub(crate) struct Singletons {
    known: Mutex<Known>,
    owned: Mutex<Owned>,
    error_texts: ErrorTexts,
}

/// The cells of the singletons that some plan needs.
#[derive(Debug, Default)]
struct Known {
    cells: HashMap<TypeId, Arc<SingletonCell>>,
    /// In declaration order, plan by plan.
    order: Vec<Arc<SingletonCell>>,
}

/// What was made and is not ended.
#[derive(Debug, Default)]
struct Owned {
    /// In the order of creation.
    values: Vec<Made>,
    /// Cancelled when the task is over that ends it, also if a runtime dropped that task.
    ending: Option<CancellationToken>,
    /// What is being ended, or was last.
    now: Option<String>,
}

/// A singleton that is made.
pub(crate) struct Made {
    pub(crate) meta: &'static Meta,
    pub(crate) value: Arc<dyn Any + Send + Sync>,
    /// What made it, if there is more to do at its end than to drop it: the value of its root is
    /// ended.
    pub(crate) torn_down_by: Option<Arc<Plan<Solo>>>,
}

impl Made {
    /// What goes on when it is ended.
    fn ending(&self) -> String {
        match self.torn_down_by {
            Some(_) => format!("the teardown of the singleton `{}`", self.meta.name),
            None => format!("the drop of the singleton `{}`", self.meta.name),
        }
    }
}

impl fmt::Debug for Made {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Made")
            .field("name", &self.meta.name)
            .finish_non_exhaustive()
    }
}

impl Singletons {
    /// The cell of a dependency, empty at first. Plans keep it, so requests do not look it up.
    pub(crate) fn cell(&self, meta: &'static Meta, own: Own) -> Arc<SingletonCell> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Known { cells, order } = &mut *known;
        let cell = cells.entry((meta.id)()).or_insert_with(|| {
            let cell = Arc::new(SingletonCell::new(meta, own));
            order.push(Arc::clone(&cell));
            cell
        });
        Arc::clone(cell)
    }

    /// All that are known, in declaration order.
    pub(crate) fn cells(&self) -> Vec<Arc<SingletonCell>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.order.clone()
    }

    pub(crate) fn error_texts(&self) -> &ErrorTexts {
        &self.error_texts
    }

    /// Takes a value over, the last that was made so far.
    pub(crate) fn own(&self, made: Made) -> Weak<dyn Any + Send + Sync> {
        let value = Arc::downgrade(&made.value);
        self.owned().values.push(made);
        value
    }

    /// What tells that the task is over that ends what was made, and whether that is still to be
    /// started; `None` if there is nothing left.
    pub(crate) fn ending(&self) -> Option<(CancellationToken, bool)> {
        let mut owned = self.owned();
        if let Some(over) = &owned.ending
            && !over.is_cancelled()
        {
            return Some((over.clone(), false));
        }
        owned.now = Some(owned.values.last()?.ending());
        let over = CancellationToken::new();
        owned.ending = Some(over.clone());
        Some((over, true))
    }

    /// What is to be ended next: the last that was made.
    pub(crate) fn take_last(&self) -> Option<Made> {
        let mut owned = self.owned();
        let last = owned.values.pop()?;
        owned.now = Some(last.ending());
        Some(last)
    }

    /// What is left to be ended, the last that was made first.
    pub(crate) fn not_ended(&self) -> Vec<String> {
        let owned = self.owned();
        owned.values.iter().rev().map(Made::ending).collect()
    }

    /// What is being ended, if anything is.
    pub(crate) fn being_ended(&self) -> Option<String> {
        let owned = self.owned();
        let is_over = owned.ending.as_ref()?.is_cancelled();
        owned.now.clone().filter(|_| !is_over)
    }

    fn owned(&self) -> MutexGuard<'_, Owned> {
        self.owned.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Owned {
    /// An app that was not shut down. What a plain function has made may block when it is dropped, so
    /// all goes to a thread then.
    fn drop(&mut self) {
        for made in self.values.iter().rev() {
            if made.torn_down_by.is_some() {
                tracing::warn!(
                    singleton = made.meta.name,
                    place = %made.meta.place,
                    "the app was dropped without `App::shutdown`: a teardown did not run"
                );
            }
        }
        let values = LastFirst(std::mem::take(&mut self.values));
        let may_block = |made: &Made| matches!(made.meta.colour, Colour::Plain | Colour::Cpu);
        if values.0.iter().any(may_block)
            && let Ok(runtime) = Handle::try_current()
        {
            contain(|| drop(runtime.spawn_blocking(move || drop(values))));
        }
    }
}

/// Values that are dropped in the reverse of the order in which they were made.
struct LastFirst(Vec<Made>);

impl Drop for LastFirst {
    fn drop(&mut self) {
        while let Some(made) = self.0.pop() {
            discard(made);
        }
    }
}
