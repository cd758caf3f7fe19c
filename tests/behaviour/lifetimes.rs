//! How often a dependency runs: once a request, once a use, once an app.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use hueless::{App, Call, Depends, dependency, handler};

use crate::support::{Log, Signal, call, call_in, on_each_runtime};

#[test]
fn a_request_scoped_dependency_runs_once_however_many_need_it() {
    static LOG: Log = Log::new();

    #[dependency]
    fn bottom() -> u32 {
        LOG.add("bottom");
        1
    }
    #[dependency]
    async fn left(bottom: Depends<bottom>) -> u32 {
        LOG.add("left");
        *bottom
    }
    #[dependency]
    fn right(bottom: Depends<bottom>) -> u32 {
        LOG.add("right");
        *bottom
    }
    #[dependency]
    fn top(left: Depends<left>, right: Depends<right>, again: Depends<left>) -> u32 {
        LOG.add("top");
        *left + *right + *again
    }
    #[handler]
    async fn sum(top: Depends<top>, bottom: Depends<bottom>) -> u32 {
        *top + *bottom
    }

    on_each_runtime(|| async {
        let app = App::new();
        for _ in 0..2 {
            assert_eq!(call_in(&app, sum::handler).await, Ok(4));
            assert_eq!(LOG.take_sorted(), "bottom left right top");
        }
    });
}

#[test]
fn fourteen_levels_each_needing_the_next_twice_run_fourteen_nodes() {
    static RUNS: AtomicU32 = AtomicU32::new(0);

    macro_rules! levels {
        ($first:ident $($rest:ident)*) => {
            #[dependency]
            async fn $first() -> u64 {
                RUNS.fetch_add(1, Ordering::Relaxed);
                1
            }
            levels!(@above $first $($rest)*);
        };
        (@above $below:ident $this:ident $($rest:ident)*) => {
            #[dependency]
            async fn $this(one: Depends<$below>, other: Depends<$below>) -> u64 {
                RUNS.fetch_add(1, Ordering::Relaxed);
                *one + *other
            }
            levels!(@above $this $($rest)*);
        };
        (@above $top:ident) => {
            #[handler]
            async fn count(top: Depends<$top>) -> u64 {
                *top
            }
        };
    }
    levels!(l1 l2 l3 l4 l5 l6 l7 l8 l9 l10 l11 l12 l13 l14);

    on_each_runtime(|| async {
        RUNS.store(0, Ordering::Relaxed);
        assert_eq!(call(count::handler).await, Ok(1 << 13));
        assert_eq!(RUNS.load(Ordering::Relaxed), 14);
    });
}

#[test]
fn a_transient_dependency_runs_once_for_each_use_and_belongs_to_it() {
    static MADE: AtomicU32 = AtomicU32::new(0);

    #[dependency(transient)]
    fn scratch() -> Vec<u32> {
        vec![MADE.fetch_add(1, Ordering::Relaxed)]
    }
    #[dependency]
    fn user(mut scratch: Depends<scratch>) -> Vec<u32> {
        scratch.push(100);
        scratch.to_vec()
    }
    #[handler(sequential)]
    async fn both(user: Depends<user>, mut own: Depends<scratch>) -> (Vec<u32>, Vec<u32>) {
        own.push(200);
        (user.to_vec(), own.to_vec())
    }

    on_each_runtime(|| async {
        MADE.store(0, Ordering::Relaxed);
        assert_eq!(call(both::handler).await, Ok((vec![0, 100], vec![1, 200])));
    });
}

#[test]
fn a_singleton_is_made_once_for_all_concurrent_first_requests() {
    static MADE: AtomicU32 = AtomicU32::new(0);

    #[dependency(singleton)]
    fn pool() -> u32 {
        MADE.fetch_add(1, Ordering::Relaxed)
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> u32 {
        *pool
    }

    on_each_runtime(|| async {
        MADE.store(0, Ordering::Relaxed);
        let app = App::new();
        let requests = (0..8).map(|_| call_in(&app, read::handler));
        let answers: Vec<_> = futures_util::future::join_all(requests).await;
        assert_eq!(answers, vec![Ok(0); 8]);
        assert_eq!(call_in(&app, read::handler).await, Ok(0));
        assert_eq!(
            call(read::handler).await,
            Ok(1),
            "another app has one of its own"
        );
    });
}

#[test]
fn no_second_one_is_made_by_who_comes_as_the_first_is_done() {
    static MADE: AtomicU32 = AtomicU32::new(0);

    #[dependency(singleton)]
    async fn pool() -> u32 {
        MADE.fetch_add(1, Ordering::Relaxed)
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> u32 {
        *pool
    }

    on_each_runtime(|| async {
        for _ in 0..500 {
            MADE.store(0, Ordering::Relaxed);
            let app = App::new();
            let requests = (0..4).map(|_| {
                let app = app.clone();
                tokio::spawn(async move { call_in(&app, read::handler).await })
            });
            for answer in futures_util::future::join_all(requests).await {
                assert_eq!(answer.unwrap(), Ok(0));
            }
        }
    });
}

#[test]
fn a_request_that_goes_away_does_not_stop_the_making_of_a_singleton() {
    static STARTED: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();
    static MADE: AtomicU32 = AtomicU32::new(0);

    #[dependency(singleton)]
    async fn pool() -> u32 {
        STARTED.give();
        GO_ON.wait().await;
        MADE.fetch_add(1, Ordering::Relaxed)
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> u32 {
        *pool
    }

    on_each_runtime(|| async {
        STARTED.reset();
        GO_ON.reset();
        MADE.store(0, Ordering::Relaxed);
        let app = App::new();
        {
            let impatient = app.run(read::handler, Call::new());
            tokio::select! {
                _ = impatient => panic!("the singleton is not made yet"),
                () = STARTED.wait() => {}
            }
        }
        GO_ON.give();
        assert_eq!(call_in(&app, read::handler).await, Ok(0));
    });
}

#[test]
fn all_who_wait_for_a_singleton_get_its_error_and_the_next_one_tries_again() {
    static TRIES: AtomicU32 = AtomicU32::new(0);

    #[derive(Debug, Clone)]
    struct NoPool(u32);
    impl std::fmt::Display for NoPool {
        fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(formatter, "no pool on try {}", self.0)
        }
    }
    impl std::error::Error for NoPool {}

    #[dependency(singleton)]
    async fn pool() -> Result<u32, NoPool> {
        tokio::time::sleep(Duration::from_millis(5)).await;
        match TRIES.fetch_add(1, Ordering::Relaxed) {
            0 => Err(NoPool(0)),
            tries => Ok(tries),
        }
    }
    // The error of a singleton below a singleton is reported as what it is.
    #[dependency(singleton)]
    fn store(pool: Depends<pool>) -> u32 {
        *pool
    }
    #[handler]
    async fn read(store: Depends<store>) -> u32 {
        *store
    }

    on_each_runtime(|| async {
        TRIES.store(0, Ordering::Relaxed);
        let app = App::builder().retry_after(Duration::ZERO).build().unwrap();
        let requests = (0..4).map(|_| call_in(&app, read::handler));
        let answers: Vec<_> = futures_util::future::join_all(requests).await;
        assert_eq!(answers, vec![Err("no pool on try 0".to_owned()); 4]);
        assert_eq!(call_in(&app, read::handler).await, Ok(1));
    });
}

#[test]
fn a_singleton_that_panics_fails_its_requests_and_is_tried_again() {
    static TRIES: AtomicU32 = AtomicU32::new(0);

    #[dependency(singleton)]
    fn fragile() -> u32 {
        match TRIES.fetch_add(1, Ordering::Relaxed) {
            0 => panic!("not this time"),
            tries => tries,
        }
    }
    #[handler]
    async fn read(fragile: Depends<fragile>) -> u32 {
        *fragile
    }

    on_each_runtime(|| async {
        TRIES.store(0, Ordering::Relaxed);
        let app = App::builder().retry_after(Duration::ZERO).build().unwrap();
        assert_eq!(
            call_in(&app, read::handler).await,
            Err("`fragile` panicked".to_owned())
        );
        assert_eq!(call_in(&app, read::handler).await, Ok(1));
    });
}
