//! Futures in rooms, and the values that take their place.

use std::future::{pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::{Entry, Ledger, rooms};
use crate::block::{AnyKept, Begun, NodeFuture, Room, Space};

/// What a node makes here, or fails with.
type Node = NodeFuture<AnyKept, Entry>;

/// For each of the futures here.
const ENOUGH: Space = Space::of::<[u64; 8]>();

/// Is done when it is polled for the second time. Has an entry until it is dropped.
struct Later {
    is_due: bool,
    _entry: Entry,
}

impl Later {
    fn new(entry: Entry) -> Self {
        Self {
            is_due: false,
            _entry: entry,
        }
    }
}

impl Future for Later {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.is_due, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

fn begin<F, K>(room: Room, future: F, finish: K) -> (Begun<AnyKept, Entry>, Option<AnyKept>)
where
    F: Future + Send + 'static,
    K: FnOnce(F::Output, Room, &mut Option<AnyKept>) -> Result<(), Entry> + Send + 'static,
{
    let mut made = None;
    let mut context = Context::from_waker(Waker::noop());
    let begun = Node::begin(room, future, finish, &mut context, &mut made);
    (begun, made)
}

fn waits(begun: Begun<AnyKept, Entry>) -> Node {
    match begun {
        Begun::Waits(future) => future,
        Begun::Done(_) => panic!("it waits"),
    }
}

/// Begins what waits, once in a room and once without one. Nothing is left of it after the `test`.
fn with_a_room_and_without<F>(wait: impl Fn(&Ledger) -> F, test: impl Fn(Node, &Ledger))
where
    F: Future<Output = ()> + Send + 'static,
{
    let ledger = Ledger::default();
    let mut rooms = rooms(&[ENOUGH, Space::NONE]);
    for node in 0..2 {
        let (begun, _) = begin(rooms.take(node), wait(&ledger), |(), _, _| Ok(()));
        test(waits(begun), &ledger);
        assert_eq!(ledger.living(), 0);
    }
}

fn poll(future: &mut Node) -> Poll<Result<AnyKept, Entry>> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn a_future_that_is_done_leaves_its_room_to_the_value() {
    let mut rooms = rooms(&[ENOUGH]);
    let (begun, made) = begin(rooms.take(0), ready(6_u64), |output, room, made| {
        *made = Some(AnyKept::within(room, output * 7));
        Ok(())
    });
    assert!(matches!(begun, Begun::Done(Ok(()))));
    drop(rooms);
    let value = made.and_then(AnyKept::load::<u64>);
    assert_eq!(value.as_deref(), Some(&42));
}

#[test]
fn one_that_waits_is_done_later_and_never_again() {
    let ledger = Ledger::default();
    for space in [ENOUGH, Space::NONE] {
        let mut rooms = rooms(&[space]);
        let after = ledger.clone();
        let (begun, made) = begin(
            rooms.take(0),
            Later::new(ledger.entry()),
            move |(), room, made| {
                assert_eq!(after.living(), 0, "the future is dropped before");
                *made = Some(AnyKept::within(room, after.entry()));
                Ok(())
            },
        );
        assert!(made.is_none());
        let mut future = waits(begun);
        drop(rooms);
        let Poll::Ready(Ok(value)) = poll(&mut future) else {
            panic!("it is done");
        };
        drop(future);
        assert_eq!(ledger.living(), 1);
        drop(value);
        assert_eq!(ledger.living(), 0);
    }
}

#[test]
fn one_that_is_not_wanted_any_more_is_dropped_where_it_is() {
    let wait = |ledger: &Ledger| {
        let entry = ledger.entry();
        async move {
            let _entry = entry;
            pending::<()>().await;
        }
    };
    with_a_room_and_without(wait, |future, ledger| {
        assert_eq!(ledger.living(), 1);
        drop(future);
    });
}

#[test]
fn one_that_fails_leaves_nothing() {
    let ledger = Ledger::default();
    let mut rooms = rooms(&[ENOUGH]);
    let entry = ledger.entry();
    let (begun, made) = begin(rooms.take(0), ready(entry), |entry, _, _| Err(entry));
    drop(rooms);
    assert!(made.is_none());
    assert_eq!(ledger.living(), 1);
    drop(begun);
    assert_eq!(ledger.living(), 0);
}

/// Without a room it is awaited by another future, which would drop it in the middle of its own panic.
#[cfg(not(feature = "safe"))]
#[test]
fn a_panic_while_it_is_polled_drops_it_even_if_that_panics_too() {
    let ledger = Ledger::default();
    let (mut rooms, entry) = (rooms(&[ENOUGH]), ledger.panicking());
    let panicking = std::future::poll_fn(move |_| -> Poll<()> {
        let _entry = &entry;
        panic!("this future panics")
    });
    let begun = catch_unwind(AssertUnwindSafe(|| {
        begin(rooms.take(0), panicking, |(), _, _| Ok(()))
    }));
    assert!(begun.is_err());
    assert_eq!(ledger.living(), 0);
}

#[test]
fn a_destructor_that_panics_goes_no_further_where_nobody_waits_any_more() {
    let wait = |ledger: &Ledger| Later::new(ledger.panicking());
    with_a_room_and_without(wait, |future, _| drop(future));
}

#[test]
fn a_destructor_that_panics_when_it_is_done_is_the_nodes_panic() {
    let wait = |ledger: &Ledger| Later::new(ledger.panicking());
    with_a_room_and_without(wait, |mut future, _| {
        assert!(catch_unwind(AssertUnwindSafe(|| poll(&mut future))).is_err());
    });
}
