//! Lists in a block.

use super::{Entry, Ledger, rooms};
use crate::block::{AnyKept, List, Rooms, Space};

#[test]
fn lists_keep_what_they_are_given_whether_there_is_room_or_not() {
    let mut rooms = rooms(&[Space::of::<u8>()]);
    let lists: Vec<List<u32>> = (0..6)
        .map(|list| rooms.list((0..list).map(|element| element * 10)))
        .collect();
    let room = AnyKept::within(rooms.take(0), 1_u8);
    assert_eq!(room.downcast_ref(), Some(&1_u8));
    drop(rooms);
    for (length, list) in lists.iter().enumerate() {
        let expected: Vec<u32> = (0..).map(|element| element * 10).take(length).collect();
        assert_eq!(**list, expected);
    }
}

#[test]
fn elements_are_dropped_with_their_list() {
    let ledger = Ledger::default();
    let mut rooms = rooms(&[Space::of::<u8>()]);
    let (there, apart) = (
        rooms.list([(); 2].iter().map(|()| Some(ledger.entry()))),
        Rooms::none().list([(); 3].iter().map(|()| Some(ledger.entry()))),
    );
    drop(rooms);
    let mut there = there;
    there[0] = None;
    assert_eq!(ledger.living(), 4);
    drop(there);
    assert_eq!(ledger.living(), 3);
    drop(apart);
    assert_eq!(ledger.living(), 0);
    assert!(List::<Entry>::default().is_empty());
}
