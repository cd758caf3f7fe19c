//! Counts at their limits.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::count::{Count, MOST};

#[test]
fn too_many_are_refused_and_change_nothing() {
    let count = Count::new(MOST - 1);
    count.add();
    let overflown = catch_unwind(AssertUnwindSafe(|| count.add()));
    assert!(overflown.is_err());
    assert_eq!(count.now(), MOST);
    assert!(!count.add_to_all(MOST, 1));
    assert!(!count.add_to_all(MOST, u32::MAX));
    assert!(!count.give_back(MOST - 1));
    assert!(count.give_back(1));
}

#[test]
fn only_who_has_all_can_make_more_of_them_at_once() {
    let count = Count::new(2);
    assert!(!count.add_to_all(1, 1));
    assert!(count.add_to_all(2, 3));
    assert_eq!(count.now(), 5);
}
