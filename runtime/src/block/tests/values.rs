//! Values in rooms.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use super::{Entry, Ledger, rooms};
use crate::block::{AnyKept, AnyOwned, Floor, Returned, Room, Rooms, Space};

#[test]
fn a_value_lives_as_long_as_anybody_has_it_and_longer_than_its_run() {
    let ledger = Ledger::default();
    let mut rooms = rooms(&[Space::of::<Entry>(), Space::of::<Entry>()]);
    let escapes = AnyKept::within(rooms.take(0), ledger.entry());
    let stays = AnyKept::within(rooms.take(1), ledger.entry());
    let escaped = escapes.share().load::<Entry>().expect("it is one");
    drop((escapes, stays, rooms));
    assert_eq!(ledger.living(), 1);
    let clone = escaped.clone();
    drop(escaped);
    assert!(!clone.panics);
    drop(clone);
    assert_eq!(ledger.living(), 0);
}

#[test]
fn values_are_where_they_may_be() {
    #[repr(align(64))]
    struct Line(u8);
    #[repr(align(256))]
    struct Page(u8);
    let spaces = [
        Space::of::<u8>(),
        Space::of::<Line>(),
        Space::of::<()>(),
        Space::of::<Page>(),
        Space::of::<Line>(),
    ];
    let mut rooms = Rooms::open(&Floor::new(0, &spaces), Space::of::<Line>());
    let byte = AnyKept::within(rooms.take(0), 1_u8).load::<u8>();
    let line = AnyKept::within(rooms.take(1), Line(2)).load::<Line>();
    let unit = AnyKept::within(rooms.take(2), ()).load::<()>();
    let page = AnyKept::within(rooms.take(3), Page(3)).load::<Page>();
    let last = AnyKept::within(rooms.take(4), Line(4)).load::<Line>();
    drop(rooms);
    let (line, last) = (line.expect("a line"), last.expect("a line"));
    assert!((&raw const *line).addr().is_multiple_of(64));
    assert!((&raw const *last).addr().is_multiple_of(64));
    let page = page.expect("a page");
    assert!((&raw const *page).addr().is_multiple_of(256));
    assert_eq!((line.0, page.0, last.0), (2, 3, 4));
    assert_eq!(byte.as_deref(), Some(&1));
    assert!(unit.is_some());
}

#[test]
fn a_value_is_read_as_what_it_is() {
    let ledger = Ledger::default();
    let mut rooms = rooms(&[Space::of::<Entry>(), Space::of::<Entry>()]);
    let mut kept = AnyKept::within(rooms.take(0), ledger.entry());
    assert!(kept.downcast_ref::<u8>().is_none());
    assert!(kept.downcast_ref::<Entry>().is_some());
    assert!(kept.load_mut::<u8>().is_none());
    assert!(kept.load::<u8>().is_none());
    let mut owned = AnyOwned::within(rooms.take(1), ledger.entry());
    assert!(owned.downcast_mut::<u8>().is_none());
    assert!(owned.downcast_mut::<Entry>().is_some());
    assert!(owned.into_inner::<u8>().is_none());
    assert_eq!(ledger.living(), 0);
}

#[test]
fn what_one_has_is_moved_out() {
    let ledger = Ledger::default();
    let mut rooms = rooms(&[Space::of::<Entry>(), Space::NONE]);
    let there = AnyOwned::within(rooms.take(0), ledger.entry());
    let apart = AnyOwned::within(rooms.take(1), ledger.entry());
    drop(rooms);
    let (there, apart) = (there.into_inner::<Entry>(), apart.into_inner::<Entry>());
    assert_eq!(ledger.living(), 2);
    drop((there, apart));
    assert_eq!(ledger.living(), 0);
}

#[test]
fn a_room_is_handed_out_once() {
    let mut rooms = rooms(&[Space::of::<u64>()]);
    let first = AnyKept::within(rooms.take(0), 1_u64);
    let second = AnyKept::within(rooms.take(0), 2_u64);
    let none = AnyKept::within(rooms.take(9), 3_u64);
    let values = [&first, &second, &none].map(|kept| kept.downcast_ref::<u64>().copied());
    assert_eq!(values, [Some(1), Some(2), Some(3)]);
}

#[test]
fn what_does_not_fit_is_allocated_by_itself() {
    let mut rooms = rooms(&[Space::of::<u8>(), Space::of::<[u64; 4096]>()]);
    let wide = AnyKept::within(rooms.take(0), 7_u128);
    let large = AnyKept::within(rooms.take(1), [7_u64; 4096]);
    let nowhere = AnyKept::within(Room::none(), 7_u8);
    drop(rooms);
    assert_eq!(wide.downcast_ref::<u128>(), Some(&7));
    assert_eq!(
        large.downcast_ref::<[u64; 4096]>().map(|all| all[4095]),
        Some(7)
    );
    assert_eq!(nowhere.downcast_ref::<u8>(), Some(&7));
}

#[test]
fn expected_readers_count_only_when_they_come() {
    let ledger = Ledger::default();
    let mut rooms = rooms(&[Space::of::<Entry>()]);
    let mut kept = AnyKept::within(rooms.take(0), ledger.entry());
    kept.expect(2);
    assert_eq!(kept.others(), 0);
    let readers = [(); 3].map(|()| kept.load_mut::<Entry>());
    assert_eq!(kept.others(), 3);
    kept.expect(2);
    let another = kept.share_mut();
    assert_eq!(another.others(), 4);
    drop((readers, another));
    assert_eq!(kept.others(), 0);
    kept.expect(5);
    let last = kept.load::<Entry>();
    assert_eq!(ledger.living(), 1);
    drop(last);
    assert_eq!(ledger.living(), 0);
}

#[test]
fn values_are_dropped_together_and_one_that_panics_keeps_no_other() {
    let ledger = Ledger::default();
    let spaces = [Space::of::<Entry>(); 4];
    let (mut rooms, mut others) = (rooms(&spaces), rooms(&spaces));
    let values = [
        AnyKept::within(rooms.take(0), ledger.entry()),
        AnyKept::within(others.take(1), ledger.panicking()),
        AnyKept::within(rooms.take(2), ledger.panicking()),
        AnyKept::within(Room::none(), ledger.panicking()),
        AnyKept::within(rooms.take(3), ledger.entry()),
    ];
    let escaped = values[4].share();
    let mut returned = Returned::default();
    for value in values {
        value.end(&mut returned);
    }
    drop((rooms, others));
    assert_eq!(ledger.living(), 1);
    drop(returned);
    drop(escaped);
    assert_eq!(ledger.living(), 0);
}

#[test]
fn a_destructor_that_panics_does_so_where_the_last_handle_is_dropped() {
    let ledger = Ledger::default();
    let mut rooms = rooms(&[Space::of::<Entry>(), Space::of::<Entry>()]);
    let kept = AnyKept::within(rooms.take(0), ledger.panicking());
    let last = kept.share().load::<Entry>();
    let owned = AnyOwned::within(rooms.take(1), ledger.panicking());
    drop((kept, rooms));
    assert!(catch_unwind(AssertUnwindSafe(|| drop(last))).is_err());
    assert!(catch_unwind(AssertUnwindSafe(|| drop(owned))).is_err());
    assert_eq!(ledger.living(), 0);
}

#[test]
fn handles_may_be_dropped_on_any_thread_at_once() {
    let rounds = if cfg!(miri) { 10 } else { 300 };
    for _ in 0..rounds {
        let ledger = Ledger::default();
        let mut rooms = rooms(&[Space::of::<Entry>(), Space::of::<Entry>()]);
        let kept = [0, 1].map(|node| AnyKept::within(rooms.take(node), ledger.entry()));
        thread::scope(|scope| {
            for value in &kept {
                let (handle, other) = (value.share().load::<Entry>(), value.share());
                scope.spawn(move || drop(handle.clone()));
                scope.spawn(move || drop(other.load::<Entry>()));
            }
            scope.spawn(move || drop(rooms));
        });
        drop(kept);
        assert_eq!(ledger.living(), 0);
    }
}
