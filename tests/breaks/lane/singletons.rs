//! Singletons, which all wait for, with all threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use hueless::{App, AppBuilder, Call, Depends, Input, Outcome, block_on, dependency, handler};

use super::{Meeting, is_idle, together, until};
use crate::occupied::one_thread;
use crate::support::{Log, Signal, in_each_app_with, is_over};

const THREADS: usize = 4;

/// A flight that needs a permit of those who wait for it.
#[test]
fn a_singleton_is_made_while_all_threads_wait_for_it() {
    static MEETING: Meeting = Meeting::new();
    static MADE: AtomicUsize = AtomicUsize::new(0);

    #[dependency(singleton)]
    fn settings() -> usize {
        MADE.fetch_add(1, Ordering::SeqCst)
    }
    #[dependency(singleton)]
    fn pool(settings: Depends<settings>) -> usize {
        MADE.fetch_add(1, Ordering::SeqCst) + *settings
    }
    #[handler]
    async fn needs(pool: Depends<pool>) -> usize {
        *pool
    }
    #[handler]
    fn waits(Input(app): Input<App>) -> usize {
        MEETING.of(THREADS);
        let needs = block_on(app.run(needs::handler, Call::new()));
        needs.expect("no failure")
    }

    let settings = |builder: AppBuilder| {
        let builder = builder.blocking_limit(THREADS).seats(THREADS);
        builder.stall(Duration::MAX)
    };
    in_each_app_with(settings, |app| async move {
        MADE.store(0, Ordering::SeqCst);
        let call = || Call::new().with(app.clone());
        let requests = (0..THREADS).map(|_| app.run(waits::handler, call()));
        for result in together(requests).await {
            assert_eq!(result.expect("no failure"), 1);
        }
        assert_eq!(MADE.load(Ordering::SeqCst), 2);
        assert_eq!(until(&app, is_idle).await.stalls, 0);
    });
}

/// Who makes it waits for a thread, and the request that has the thread waits for it.
#[test]
fn a_request_keeps_the_only_thread_until_another_one_has_its_singleton() {
    static LOG: Log = Log::new();
    static MADE: Signal = Signal::new();

    #[dependency(singleton, teardown = close)]
    fn pool() -> u8 {
        LOG.add("made");
        MADE.give();
        1
    }
    fn close(_pool: Depends<pool>, _: Outcome) {
        LOG.add("closed");
    }
    #[dependency(guard)]
    fn patient() -> () {
        LOG.add("waits");
        MADE.wait_blocking();
    }
    #[handler]
    fn keeps(_patient: Depends<patient>, pool: Depends<pool>) -> u8 {
        *pool
    }
    #[handler]
    fn makes(pool: Depends<pool>) -> u8 {
        *pool
    }

    in_each_app_with(one_thread, |app| async move {
        MADE.reset();
        let keeps = tokio::spawn(app.run(keeps::handler, Call::new()));
        while !LOG.contains("waits") {
            tokio::task::yield_now().await;
        }
        let makes = app.run(makes::handler, Call::new()).await;
        assert_eq!(makes.expect("no failure"), 1);
        let keeps = keeps.await.expect("no panic");
        assert_eq!(keeps.expect("no failure"), 1);
        is_over(&app).await;
        assert_eq!(LOG.take(), "waits made closed");
    });
}
