//! How singletons are made: by flights of the app's own, before the first request or for it.

mod runtimes;
mod spans;

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use hueless::{App, Call, Depends, dependency, handler};

use crate::support::{Log, Signal, call_in, on_each_runtime, with_time_paused};

#[derive(Debug, Clone)]
struct NoPool {
    on_try: u32,
}

impl fmt::Display for NoPool {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no pool on try {}", self.on_try)
    }
}

impl std::error::Error for NoPool {}

fn failed(on_try: u32) -> Result<u32, String> {
    Err(NoPool { on_try }.to_string())
}

#[test]
fn a_slow_one_is_made_though_every_client_gives_up_before() {
    static MADE: AtomicU32 = AtomicU32::new(0);

    #[dependency(singleton)]
    async fn slow() -> u32 {
        tokio::time::sleep(Duration::from_secs(6)).await;
        MADE.fetch_add(1, Ordering::Relaxed)
    }
    #[handler]
    async fn read(slow: Depends<slow>) -> u32 {
        *slow
    }

    with_time_paused(async {
        let app = App::new();
        let clients = (0..4).map(|_| {
            let request = app.run(read::handler, Call::new());
            tokio::time::timeout(Duration::from_secs(5), request)
        });
        for answer in join_all(clients).await {
            assert!(answer.is_err(), "the client gives up");
        }
        assert_eq!(MADE.load(Ordering::Relaxed), 0);
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(MADE.load(Ordering::Relaxed), 1, "nobody waits for it");
        assert_eq!(call_in(&app, read::handler).await, Ok(0));
    });
}

#[test]
fn a_failure_is_that_of_all_who_wait_and_of_who_comes_within_retry_after() {
    static TRIES: AtomicU32 = AtomicU32::new(0);

    #[dependency(singleton)]
    async fn pool() -> Result<u32, NoPool> {
        tokio::time::sleep(Duration::from_secs(1)).await;
        match TRIES.fetch_add(1, Ordering::Relaxed) {
            on_try @ 0..2 => Err(NoPool { on_try }),
            tries => Ok(tries),
        }
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> u32 {
        *pool
    }

    with_time_paused(async {
        let app = App::builder()
            .retry_after(Duration::from_secs(10))
            .build()
            .unwrap();
        let requests = (0..100).map(|_| call_in(&app, read::handler));
        assert_eq!(join_all(requests).await, vec![failed(0); 100]);

        tokio::time::sleep(Duration::from_millis(9_900)).await;
        let begun = tokio::time::Instant::now();
        assert_eq!(call_in(&app, read::handler).await, failed(0));
        assert_eq!(begun.elapsed(), Duration::ZERO, "nothing was waited for");
        assert_eq!(TRIES.load(Ordering::Relaxed), 1);

        tokio::time::sleep(Duration::from_millis(100)).await;
        let requests = (0..100).map(|_| call_in(&app, read::handler));
        assert_eq!(join_all(requests).await, vec![failed(1); 100]);
        assert_eq!(TRIES.load(Ordering::Relaxed), 2);

        tokio::time::sleep(Duration::from_secs(10)).await;
        assert_eq!(call_in(&app, read::handler).await, Ok(2));
        assert_eq!(call_in(&app, read::handler).await, Ok(2));
    });
}

#[test]
fn who_waited_for_a_flight_gets_its_failure_however_soon_it_may_be_retried() {
    static TRIES: AtomicU32 = AtomicU32::new(0);

    #[dependency(singleton)]
    async fn pool() -> Result<u32, NoPool> {
        let on_try = TRIES.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(Duration::from_millis(5)).await;
        Err(NoPool { on_try })
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> u32 {
        *pool
    }

    on_each_runtime(|| async {
        TRIES.store(0, Ordering::Relaxed);
        let app = App::builder().retry_after(Duration::ZERO).build().unwrap();
        for on_try in 0..3 {
            let requests = (0..8).map(|_| call_in(&app, read::handler));
            assert_eq!(join_all(requests).await, vec![failed(on_try); 8]);
        }
        assert_eq!(TRIES.load(Ordering::Relaxed), 3);
    });
}

#[test]
fn a_panic_is_a_failure_like_any_other() {
    static TRIES: AtomicU32 = AtomicU32::new(0);

    #[dependency(singleton)]
    async fn fragile() -> u32 {
        assert_ne!(
            TRIES.fetch_add(1, Ordering::Relaxed),
            0,
            "not on the first try"
        );
        1
    }
    #[handler]
    async fn read(fragile: Depends<fragile>) -> u32 {
        *fragile
    }

    with_time_paused(async {
        let app = App::new();
        let requests = (0..8).map(|_| call_in(&app, read::handler));
        let panicked = Err("`fragile` panicked".to_owned());
        assert_eq!(join_all(requests).await, vec![panicked.clone(); 8]);
        tokio::time::sleep(Duration::from_millis(999)).await;
        assert_eq!(call_in(&app, read::handler).await, panicked);
        tokio::time::sleep(Duration::from_millis(1)).await;
        assert_eq!(call_in(&app, read::handler).await, Ok(1));
    });
}

tokio::task_local! {
    static TENANT: String;
}

#[test]
fn it_does_not_see_the_task_locals_of_who_needed_it_first() {
    fn tenant() -> Option<String> {
        TENANT.try_with(Clone::clone).ok()
    }
    #[dependency(singleton)]
    fn plain() -> Option<String> {
        tenant()
    }
    #[dependency(singleton)]
    async fn awaited(plain: Depends<plain>) -> [Option<String>; 2] {
        [plain.clone_value(), tenant()]
    }
    trait CloneValue {
        fn clone_value(&self) -> Option<String>;
    }
    impl CloneValue for Depends<plain> {
        fn clone_value(&self) -> Option<String> {
            (**self).clone()
        }
    }
    #[handler]
    async fn read(awaited: Depends<awaited>) -> [Option<String>; 3] {
        let [plain, awaited] = &*awaited;
        [plain.clone(), awaited.clone(), tenant()]
    }

    on_each_runtime(|| async {
        let app = App::builder().propagate(&TENANT).build().unwrap();
        let request = app.run(read::handler, Call::new());
        let seen = TENANT.scope("acme".to_owned(), request).await.unwrap();
        assert_eq!(seen, [None, None, Some("acme".to_owned())]);
    });
}

#[test]
fn those_that_do_not_need_each_other_are_made_at_the_same_time_and_each_once() {
    static LOG: Log = Log::new();
    static COUNT: Signal = Signal::new();
    static CACHE: Signal = Signal::new();

    #[dependency(singleton)]
    async fn config() -> u32 {
        LOG.add("config");
        1
    }
    #[dependency(singleton)]
    fn pool(config: Depends<config>) -> u32 {
        COUNT.give();
        CACHE.wait_blocking();
        LOG.add("pool");
        *config
    }
    #[dependency(singleton)]
    async fn cache(config: Depends<config>) -> u32 {
        CACHE.give();
        COUNT.wait().await;
        LOG.add("cache");
        *config
    }
    #[dependency(singleton)]
    async fn store(pool: Depends<pool>, cache: Depends<cache>) -> u32 {
        LOG.add("store");
        *pool + *cache
    }
    #[handler]
    async fn read(store: Depends<store>, config: Depends<config>) -> u32 {
        *store + *config
    }

    on_each_runtime(|| async {
        COUNT.reset();
        CACHE.reset();
        let app = App::builder()
            .singleton::<store>()
            .singleton::<pool>()
            .build()
            .unwrap();
        app.start().await.unwrap();
        let made = LOG.take();
        assert!(
            made == "config pool cache store" || made == "config cache pool store",
            "{made}"
        );
        app.start().await.unwrap();
        assert_eq!(call_in(&app, read::handler).await, Ok(3));
        assert_eq!(LOG.take(), "");
    });
}

#[test]
fn start_says_all_that_failed_in_declaration_order_and_makes_the_rest() {
    static LOG: Log = Log::new();

    #[dependency(singleton)]
    async fn config() -> u32 {
        LOG.add("config");
        1
    }
    #[dependency(singleton)]
    async fn pool(config: Depends<config>) -> Result<u32, NoPool> {
        LOG.add("pool");
        Err(NoPool { on_try: *config })
    }
    #[dependency(singleton)]
    async fn store(pool: Depends<pool>) -> u32 {
        LOG.add("store");
        *pool
    }
    #[dependency(singleton)]
    async fn clock() -> u32 {
        LOG.add("clock");
        panic!("no clock")
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .singleton::<clock>()
            .singleton::<store>()
            .retry_after(Duration::MAX)
            .build()
            .unwrap();
        let error = app.start().await.unwrap_err();
        assert_eq!(LOG.take_sorted(), "clock config pool");
        assert!(!error.is_shutdown());
        let failed = |error: &hueless::StartError| -> Vec<&str> {
            error
                .failed()
                .iter()
                .map(|failed| failed.meta().name)
                .collect()
        };
        assert_eq!(failed(&error), ["clock", "pool", "store"]);
        assert_eq!(error.failed()[0].why(), "`clock` panicked");
        assert_eq!(error.failed()[1].why(), "no pool on try 1");
        let text = error.to_string();
        assert!(
            text.starts_with("3 singletons could not be made: `clock` ("),
            "{text}"
        );

        let error = app.start().await.unwrap_err();
        assert_eq!(failed(&error), ["clock", "pool", "store"]);
        assert_eq!(LOG.take(), "", "it is too soon to try again");
    });
}

#[test]
fn start_knows_what_handlers_need_that_have_run() {
    static LOG: Log = Log::new();

    #[dependency(guard)]
    async fn refused() -> Result<(), String> {
        Err("refused".to_owned())
    }
    #[dependency(singleton)]
    async fn pool() -> u32 {
        LOG.add("pool");
        1
    }
    #[handler]
    async fn read(_refused: Depends<refused>, pool: Depends<pool>) -> u32 {
        *pool
    }

    on_each_runtime(|| async {
        let app = App::new();
        app.start().await.unwrap();
        assert_eq!(
            call_in(&app, read::handler).await,
            Err("refused".to_owned())
        );
        assert_eq!(LOG.take(), "");
        app.start().await.unwrap();
        assert_eq!(LOG.take(), "pool");
    });
}

#[test]
fn one_whose_runtime_went_away_is_made_anew_by_the_next() {
    static TRIES: AtomicU32 = AtomicU32::new(0);

    #[dependency(singleton)]
    async fn pool() -> u32 {
        let tries = TRIES.fetch_add(1, Ordering::Relaxed);
        if tries == 0 {
            std::future::pending::<()>().await;
        }
        tries
    }
    #[handler]
    async fn read(pool: Depends<pool>) -> u32 {
        *pool
    }
    fn runtime() -> tokio::runtime::Runtime {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        runtime.enable_all().build().expect("a runtime starts")
    }

    let app = App::builder().retry_after(Duration::MAX).build().unwrap();
    let (gone, here) = (runtime(), runtime());
    let impatient = app.run(read::handler, Call::new());
    gone.block_on(async {
        let waited = tokio::time::timeout(Duration::from_millis(5), impatient).await;
        assert!(waited.is_err(), "it never ends");
    });
    // For who waits elsewhere it is begun there.
    here.block_on(async {
        let mut waiting = Box::pin(app.run(read::handler, Call::new()));
        let waited = tokio::time::timeout(Duration::from_millis(5), &mut waiting).await;
        assert!(waited.is_err(), "it never ends");
        gone.shutdown_background();
        assert_eq!(waiting.await.unwrap(), 1);
        assert_eq!(call_in(&app, read::handler).await, Ok(1));
    });
}
