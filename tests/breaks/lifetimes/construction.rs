//! What a request needs is made for that request: once, and not behind that of another one.

use std::sync::atomic::{AtomicU32, Ordering};

use futures_util::future::join_all;
use hueless::{Depends, dependency, handler};

use crate::support::{Signal, call_in, in_each_app};

/// Where several come together before any of them goes on.
struct Meeting {
    expected: u32,
    arrived: AtomicU32,
    all_are_here: Signal,
}

impl Meeting {
    const fn of(expected: u32) -> Self {
        Self {
            expected,
            arrived: AtomicU32::new(0),
            all_are_here: Signal::new(),
        }
    }

    fn reset(&self) {
        self.arrived.store(0, Ordering::SeqCst);
        self.all_are_here.reset();
    }

    fn arrive(&self) {
        if self.arrived.fetch_add(1, Ordering::SeqCst) + 1 == self.expected {
            self.all_are_here.give();
        }
    }

    async fn join(&self) {
        self.arrive();
        self.all_are_here.wait().await;
    }

    fn join_blocking(&self) {
        self.arrive();
        self.all_are_here.wait_blocking();
    }
}

const REQUESTS: u32 = 10;

/// froodi: a lock is held while a value of a request's scope is made, and it is one for all of them:
/// ten requests that take 0.05 s each take 1.02 s together.
#[test]
fn requests_do_not_queue_for_the_making_of_their_own_values() {
    static SESSIONS: Meeting = Meeting::of(REQUESTS);
    static CONNECTIONS: Meeting = Meeting::of(REQUESTS);

    #[dependency]
    async fn session() -> () {
        SESSIONS.join().await;
    }
    #[dependency]
    fn connection(_session: Depends<session>) -> () {
        CONNECTIONS.join_blocking();
    }
    #[handler]
    async fn show(_connection: Depends<connection>) {}

    in_each_app(|app| async move {
        SESSIONS.reset();
        CONNECTIONS.reset();
        let requests = (0..REQUESTS).map(|_| {
            let app = app.clone();
            tokio::spawn(async move { call_in(&app, show::handler).await })
        });
        for answer in join_all(requests).await {
            assert_eq!(answer.expect("no panic"), Ok(()));
        }
    });
}

/// Containers that walk down from each use, and look for a value only once they are there: fourteen
/// levels that each need the next one twice are 16,383 nodes to them.
#[test]
fn fourteen_levels_that_each_need_the_next_twice_are_fourteen_nodes() {
    static RUNS: AtomicU32 = AtomicU32::new(0);

    macro_rules! levels {
        ($lowest:ident $($level:ident)*) => {
            #[dependency]
            fn $lowest() -> u64 {
                RUNS.fetch_add(1, Ordering::SeqCst);
                1
            }
            levels!(@async $lowest: $($level)*);
        };
        (@async $below:ident: $level:ident $($above:ident)*) => {
            #[dependency]
            async fn $level(one: Depends<$below>, other: Depends<$below>) -> u64 {
                RUNS.fetch_add(1, Ordering::SeqCst);
                *one + *other
            }
            levels!(@plain $level: $($above)*);
        };
        (@plain $below:ident: $level:ident $($above:ident)*) => {
            #[dependency]
            fn $level(one: Depends<$below>, other: Depends<$below>) -> u64 {
                RUNS.fetch_add(1, Ordering::SeqCst);
                *one + *other
            }
            levels!(@async $level: $($above)*);
        };
        (@$colour:ident $top:ident:) => {
            #[handler]
            async fn paths(top: Depends<$top>) -> u64 {
                *top
            }
        };
    }
    levels!(l1 l2 l3 l4 l5 l6 l7 l8 l9 l10 l11 l12 l13 l14);

    in_each_app(|app| async move {
        for _ in 0..2 {
            RUNS.store(0, Ordering::SeqCst);
            assert_eq!(call_in(&app, paths::handler).await, Ok(1 << 13));
            assert_eq!(RUNS.load(Ordering::SeqCst), 14);
        }
    });
}
