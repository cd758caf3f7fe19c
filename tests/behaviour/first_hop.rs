//! The thread of a first hop has the run for itself while it is certain what comes next: whatever ends
//! that, the run goes on from there as any other does.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use hueless::{App, Call, Depends, Outcome, dependency, handler};
use tokio::task::yield_now;

use crate::support::{Log, SaysWhenDropped, Signal, call_in, is_over, on_each_runtime};

#[test]
fn what_is_given_up_on_the_way_begins_nothing_more() {
    static LOG: Log = Log::new();
    static STARTED: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(teardown = end)]
    fn first() -> SaysWhenDropped {
        LOG.add("first");
        STARTED.give();
        GO_ON.wait_blocking();
        SaysWhenDropped(&LOG, "dropped")
    }
    async fn end(_first: Depends<first>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[dependency]
    async fn second(_first: Depends<first>) -> () {
        LOG.add("second");
    }
    #[dependency]
    fn third(_first: Depends<first>) -> () {
        LOG.add("third");
    }
    #[handler]
    fn read(_second: Depends<second>, _third: Depends<third>) {
        LOG.add("handler");
    }

    on_each_runtime(|| async {
        STARTED.reset();
        GO_ON.reset();
        let app = App::new();
        let mut request = Box::pin(app.run(read::handler, Call::new()));
        assert!(futures_util::poll!(&mut request).is_pending());
        STARTED.wait().await;
        drop(request);
        GO_ON.give();
        is_over(&app).await;
        assert_eq!(LOG.take(), "first cancelled dropped");
    });
}

#[test]
fn what_waits_on_the_way_is_begun_once_and_the_rest_goes_on_after_it() {
    static LOG: Log = Log::new();
    static MADE: AtomicU32 = AtomicU32::new(0);

    #[dependency(transient)]
    fn number() -> u32 {
        MADE.fetch_add(1, Ordering::Relaxed)
    }
    #[dependency]
    fn first(number: Depends<number>) -> u32 {
        LOG.add("first");
        *number
    }
    #[dependency]
    async fn waits(first: Depends<first>, number: Depends<number>) -> u32 {
        LOG.add("begins");
        yield_now().await;
        LOG.add("goes_on");
        *first + *number
    }
    #[dependency]
    fn last(waits: Depends<waits>) -> u32 {
        LOG.add("last");
        *waits
    }
    #[handler]
    fn read(first: Depends<first>, last: Depends<last>) -> u32 {
        LOG.add("handler");
        *first + *last
    }

    on_each_runtime(|| async {
        let app = App::new();
        // Often enough for what is learned of them.
        for _ in 0..32 {
            MADE.store(1, Ordering::Relaxed);
            let first_and_last = call_in(&app, read::handler).await;
            // 1 and 2, in whichever order.
            assert!(matches!(first_and_last, Ok(4 | 5)), "{first_and_last:?}");
            assert_eq!(LOG.take(), "first begins goes_on last handler");
            assert_eq!(MADE.load(Ordering::Relaxed), 3);
        }
    });
}

#[test]
fn what_fails_or_panics_on_the_way_ends_what_was_made_before() {
    static LOG: Log = Log::new();
    static PANICS: AtomicBool = AtomicBool::new(false);

    #[dependency(teardown = end)]
    fn first() -> SaysWhenDropped {
        LOG.add("first");
        SaysWhenDropped(&LOG, "dropped")
    }
    fn end(_first: Depends<first>, outcome: Outcome) {
        LOG.add(outcome.to_string());
    }
    #[dependency]
    fn second(_first: Depends<first>) -> Result<u8, &'static str> {
        LOG.add("second");
        assert!(!PANICS.load(Ordering::Relaxed), "a secret");
        Err("no")
    }
    #[dependency]
    fn third(_second: Depends<second>) -> () {
        LOG.add("third");
    }
    #[handler]
    fn read(_third: Depends<third>) {
        LOG.add("handler");
    }

    on_each_runtime(|| async {
        for panics in [false, true] {
            PANICS.store(panics, Ordering::Relaxed);
            let app = App::new();
            assert!(call_in(&app, read::handler).await.is_err());
            let outcome = if panics { "panicked" } else { "failed" };
            assert_eq!(LOG.take(), format!("first second {outcome} dropped"));
            is_over(&app).await;
        }
    });
}

/// Two that are known to be short share a thread. If one of them then takes long, it is not for ever that
/// the other one waits for it.
#[test]
fn what_has_become_long_has_a_thread_of_its_own_again() {
    static WAITS: AtomicBool = AtomicBool::new(false);
    static OTHER: Signal = Signal::new();
    static TOGETHER: AtomicBool = AtomicBool::new(false);

    #[dependency]
    fn one() -> u8 {
        if WAITS.load(Ordering::Relaxed) {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        if TOGETHER.load(Ordering::Relaxed) {
            OTHER.wait_blocking();
        }
        1
    }
    #[dependency]
    fn other() -> u8 {
        OTHER.give();
        2
    }
    #[handler]
    async fn read(one: Depends<one>, other: Depends<other>) -> u8 {
        *one + *other
    }

    on_each_runtime(|| async {
        for is_set in [&WAITS, &TOGETHER] {
            is_set.store(false, Ordering::Relaxed);
        }
        let app = App::new();
        for _ in 0..64 {
            assert_eq!(call_in(&app, read::handler).await, Ok(3));
        }
        WAITS.store(true, Ordering::Relaxed);
        for _ in 0..32 {
            assert_eq!(call_in(&app, read::handler).await, Ok(3));
        }
        OTHER.reset();
        TOGETHER.store(true, Ordering::Relaxed);
        assert_eq!(call_in(&app, read::handler).await, Ok(3));
    });
}
