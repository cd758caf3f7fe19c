//! Where an app keeps the plans of its handlers.
//!
//! Rust has no statics that are generic, so a handler has a [`Slot`]: a number of its own. The app
//! keeps a list of plans under that number, one for each context and instantiation.

use std::any::{Any, TypeId};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// A handler's number, given out when it is first used.
#[derive(Debug, Default)]
pub struct Slot {
    number: OnceLock<usize>,
}

impl Slot {
    /// A slot whose number is not given out yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            number: OnceLock::new(),
        }
    }

    fn number(&self) -> usize {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        *self
            .number
            .get_or_init(|| NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

/// A plan, under what tells it from others of the same slot.
type Entry = (TypeId, Arc<dyn Any + Send + Sync>);

/// The plans of one app, by the number of their slot.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    plans: RwLock<Vec<Vec<Entry>>>,
}

impl Slots {
    /// What is kept for `Key` in `slot`; built if nothing is. Two threads may both build it: one
    /// result is kept, and both get that one. An error is not kept.
    pub(crate) fn get_or_build<Key, P, E>(
        &self,
        slot: &Slot,
        build: impl FnOnce() -> Result<P, E>,
    ) -> Result<Arc<P>, E>
    where
        Key: 'static,
        P: Send + Sync + 'static,
    {
        let number = slot.number();
        let key = TypeId::of::<Key>();
        let find = |plans: &[Vec<Entry>]| -> Option<Arc<P>> {
            let (_, plan) = plans.get(number)?.iter().find(|(id, _)| *id == key)?;
            Arc::clone(plan).downcast().ok()
        };
        if let Some(plan) = find(&self.plans.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(plan);
        }
        let built = Arc::new(build()?);
        let mut plans = self.plans.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = find(&plans) {
            return Ok(plan);
        }
        if plans.len() <= number {
            plans.resize_with(number + 1, Vec::new);
        }
        plans[number].push((key, Arc::clone(&built) as Arc<dyn Any + Send + Sync>));
        Ok(built)
    }
}
