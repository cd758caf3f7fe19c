//! A singleton is made once, whoever asks for it and however long it takes.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use hueless::{Depends, dependency, handler};
use tokio::time::{Instant, advance, sleep, timeout};

use crate::support::{Signal, both_kinds, call_in, in_each_app, on_a_paused_clock};

/// As many requests as are needed at once.
const CLIENTS: u32 = 8;

/// reinhardt-di: looks whether there is a value, makes one if not, and stores it: eight concurrent
/// first requests make eight.
#[test]
fn concurrent_first_requests_make_one_singleton() {
    static ARRIVED: AtomicU32 = AtomicU32::new(0);
    static ALL_ARE_HERE: Signal = Signal::new();
    static MADE: AtomicU32 = AtomicU32::new(0);

    #[dependency]
    async fn arrived() -> () {
        if ARRIVED.fetch_add(1, Ordering::SeqCst) + 1 == CLIENTS {
            ALL_ARE_HERE.give();
        }
    }
    #[dependency(singleton)]
    fn plain_pool() -> u32 {
        ALL_ARE_HERE.wait_blocking();
        MADE.fetch_add(1, Ordering::SeqCst)
    }
    #[dependency(singleton)]
    async fn pool(plain: Depends<plain_pool>) -> u32 {
        tokio::task::yield_now().await;
        *plain + MADE.fetch_add(1, Ordering::SeqCst)
    }
    #[handler]
    async fn read(_arrived: Depends<arrived>, pool: Depends<pool>) -> u32 {
        *pool
    }

    in_each_app(|app| async move {
        ARRIVED.store(0, Ordering::SeqCst);
        MADE.store(0, Ordering::SeqCst);
        ALL_ARE_HERE.reset();
        let requests = (0..CLIENTS).map(|_| {
            let app = app.clone();
            tokio::spawn(async move { call_in(&app, read::handler).await })
        });
        for answer in join_all(requests).await {
            assert_eq!(answer.expect("no panic"), Ok(1));
        }
        assert_eq!(MADE.load(Ordering::SeqCst), 2, "one of each");
    });
}

/// How long the singletons below take, and how long a client waits for them.
const INIT: Duration = Duration::from_secs(6);
const PATIENCE_OF_A_CLIENT: Duration = Duration::from_secs(5);

/// A cell that the first request fills: if that is cancelled the next one starts from the beginning,
/// and with clients that wait for 5 seconds what takes 6 is never made.
#[test]
fn impatient_clients_do_not_keep_a_singleton_from_being_made() {
    static BEGUN: AtomicU32 = AtomicU32::new(0);

    #[dependency(singleton)]
    async fn model() -> u32 {
        BEGUN.fetch_add(1, Ordering::SeqCst);
        sleep(INIT).await;
        7
    }
    #[handler]
    async fn ask(model: Depends<model>) -> u32 {
        *model
    }

    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder) {
            BEGUN.store(0, Ordering::SeqCst);
            let start = Instant::now();
            let mut impatient = Vec::new();
            let model = loop {
                match timeout(PATIENCE_OF_A_CLIENT, call_in(&app, ask::handler)).await {
                    Ok(answer) => break answer,
                    Err(_) => impatient.push(start.elapsed()),
                }
                assert!(impatient.len() < 10, "it is never made");
            };
            assert_eq!(model, Ok(7));
            assert_eq!(impatient, [PATIENCE_OF_A_CLIENT]);
            assert_eq!(start.elapsed(), INIT);
            assert_eq!(BEGUN.load(Ordering::SeqCst), 1);
        }
    });
}

/// The same for one that blocks: the thread cannot be stopped, but what it makes could be lost.
#[test]
fn impatient_clients_do_not_lose_what_a_plain_singleton_makes() {
    static BEGUN: AtomicU32 = AtomicU32::new(0);
    static RUNS: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(singleton)]
    fn model() -> u32 {
        BEGUN.fetch_add(1, Ordering::SeqCst);
        RUNS.give();
        GO_ON.wait_blocking();
        7
    }
    #[handler]
    fn ask(model: Depends<model>) -> u32 {
        *model
    }

    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder) {
            BEGUN.store(0, Ordering::SeqCst);
            RUNS.reset();
            GO_ON.reset();
            for _ in 0..3 {
                let client = timeout(PATIENCE_OF_A_CLIENT, call_in(&app, ask::handler));
                let five_seconds_later = async {
                    RUNS.wait_for_ever().await;
                    advance(PATIENCE_OF_A_CLIENT).await;
                };
                let (answer, ()) = tokio::join!(client, five_seconds_later);
                assert!(answer.is_err(), "it is not made yet");
            }
            GO_ON.give();
            assert_eq!(call_in(&app, ask::handler).await, Ok(7));
            assert_eq!(BEGUN.load(Ordering::SeqCst), 1);
        }
    });
}
