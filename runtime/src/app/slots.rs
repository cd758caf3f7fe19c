//! Where an app keeps the plans of its handlers.
//!
//! Rust has no statics that are generic, so a handler has a [`Slot`]: a number of its own. The app
//! keeps plans under that number, one for each context and instantiation.

use std::any::{Any, TypeId};
use std::collections::HashMap;
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

    #[inline]
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
    /// The first plan of each slot, and mostly the only one: every request looks here, so there is no
    /// lock. Each list is twice as long as the one before and stays where it is.
    first: [OnceLock<Box<[OnceLock<Entry>]>>; LISTS],
    /// The others.
    others: RwLock<HashMap<usize, Vec<Entry>>>,
}

/// So many hold more handlers than a program has.
const LISTS: usize = 32;

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
        let of_key = |(id, plan): &Entry| -> Option<Arc<P>> {
            if *id == key {
                Arc::clone(plan).downcast().ok()
            } else {
                None
            }
        };
        let first = self.first(number);
        if let Some(plan) = first.get().and_then(of_key) {
            return Ok(plan);
        }
        let find =
            |others: &HashMap<usize, Vec<Entry>>| others.get(&number)?.iter().find_map(of_key);
        if let Some(plan) = find(&self.others.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(plan);
        }
        let built = Arc::new(build()?);
        let entry = || (key, Arc::clone(&built) as Arc<dyn Any + Send + Sync>);
        if let Some(plan) = of_key(first.get_or_init(entry)) {
            return Ok(plan);
        }
        let mut others = self.others.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = find(&others) {
            return Ok(plan);
        }
        others.entry(number).or_default().push(entry());
        Ok(built)
    }

    /// Where the first plan of a slot is kept.
    #[inline]
    fn first(&self, number: usize) -> &OnceLock<Entry> {
        let place = number + 1;
        let list = place.ilog2();
        let length = 1 << list;
        let list = self.first[list as usize]
            .get_or_init(|| (0..length).map(|_| OnceLock::new()).collect());
        &list[place - length]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::convert::Infallible;
    use std::sync::Arc;

    use super::{Slot, Slots};

    #[test]
    fn each_slot_has_a_place_of_its_own() {
        let slots = Slots::default();
        let places: HashSet<_> = (0..100)
            .map(|number| std::ptr::from_ref(slots.first(number)))
            .collect();
        assert_eq!(places.len(), 100);
    }

    #[test]
    fn a_slot_keeps_one_plan_for_each_key() {
        let (slots, slot) = (Slots::default(), Slot::new());
        let first = slots.get_or_build::<u8, _, _>(&slot, || Ok::<_, Infallible>(1));
        let second = slots.get_or_build::<u16, _, _>(&slot, || Ok::<_, Infallible>(2));
        let kept = (
            slots.get_or_build::<u8, _, _>(&slot, || Err(())),
            slots.get_or_build::<u16, i32, _>(&slot, || Err(())),
        );
        assert_eq!((first, second), (Ok(Arc::new(1)), Ok(Arc::new(2))));
        assert_eq!(kept, (Ok(Arc::new(1)), Ok(Arc::new(2))));
        assert_eq!(
            slots.get_or_build::<u32, i32, _>(&slot, || Err(())),
            Err(())
        );
    }
}
