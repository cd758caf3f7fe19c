//! A singleton belongs to the app: it is replaced for all who need it, singletons included.

use std::sync::atomic::{AtomicU32, Ordering};

use hueless::{App, Call, Depends, Outcome, dependency, handler};

use super::{Web, web};
use crate::support::{Log, PATIENCE, call_in, on_each_runtime};

static LOG: Log = Log::new();

#[dependency(singleton)]
fn config() -> u32 {
    LOG.add("config");
    1
}
#[dependency(singleton)]
fn pool(config: Depends<config>) -> u32 {
    LOG.add("pool");
    *config * 10
}
#[dependency(singleton)]
async fn test_config() -> u32 {
    LOG.add("test-config");
    2
}
#[dependency(singleton)]
async fn counting_config(config: Depends<config>) -> u32 {
    LOG.add("counting-config");
    *config + 2
}
#[handler]
fn read(pool: Depends<pool>, config: Depends<config>) -> (u32, u32) {
    (*pool, *config)
}
#[handler]
fn read_pool(pool: Depends<pool>) -> u32 {
    *pool
}

/// In one test, as the log is shared.
#[test]
fn a_singleton_is_replaced_for_the_singletons_that_need_it_too() {
    on_each_runtime(|| async {
        // The one that needs the replaced one comes first.
        let app = App::builder()
            .on::<Call>()
            .replace::<config, test_config>()
            .build()
            .unwrap();
        assert_eq!(call_in(&app, read_pool::handler).await, Ok(20));
        assert_eq!(call_in(&app, read::handler).await, Ok((20, 2)));
        assert_eq!(LOG.take(), "test-config pool", "each is made once");

        // With a value.
        let app = App::builder().replace_with::<config>(3).build().unwrap();
        assert_eq!(call_in(&app, read_pool::handler).await, Ok(30));
        assert_eq!(call_in(&app, read::handler).await, Ok((30, 3)));
        assert_eq!(LOG.take(), "pool");
        let app = App::builder().replace_with::<pool>(7).build().unwrap();
        assert_eq!(call_in(&app, read_pool::handler).await, Ok(7));
        assert_eq!(
            LOG.take(),
            "",
            "what only the replaced one needs is not made"
        );

        // What replaces it adds to it.
        let app = App::builder()
            .on::<Call>()
            .replace::<config, counting_config>();
        let app = app.build().unwrap();
        assert_eq!(call_in(&app, read::handler).await, Ok((30, 3)));
        assert_eq!(LOG.take(), "config counting-config pool");

        // Another app knows nothing of all that.
        assert_eq!(call_in(&App::new(), read::handler).await, Ok((10, 1)));
        assert_eq!(LOG.take(), "config pool");

        // By the same one in two contexts, which share it.
        let app = App::builder().on::<Call>().replace::<config, test_config>();
        let app = app
            .on::<Web>()
            .replace::<config, test_config>()
            .build()
            .unwrap();
        assert_eq!(call_in(&app, read::handler).await, Ok((20, 2)));
        assert_eq!(app.run(read::handler, web()).await.unwrap(), (20, 2));
        assert_eq!(LOG.take(), "test-config pool");

        // The app knows all of them before a request does.
        let app = App::builder().singleton::<pool>().on::<Call>();
        let app = app.replace::<config, test_config>().build().unwrap();
        app.start().await.unwrap();
        assert_eq!(LOG.take(), "test-config pool");
        let app = App::builder()
            .singleton::<pool>()
            .replace_with::<pool>(1)
            .build()
            .unwrap();
        app.start().await.unwrap();
        assert_eq!(LOG.take(), "");
    });
}

#[test]
fn the_original_below_its_replacement_is_the_one_the_app_has() {
    static MADE: AtomicU32 = AtomicU32::new(0);

    #[dependency(singleton)]
    fn number() -> u32 {
        MADE.fetch_add(1, Ordering::Relaxed)
    }
    #[dependency(singleton)]
    fn hundred(number: Depends<number>) -> u32 {
        *number + 100
    }
    #[handler]
    async fn in_call(number: Depends<number>) -> u32 {
        *number
    }

    on_each_runtime(|| async {
        MADE.store(0, Ordering::Relaxed);
        let app = App::builder()
            .on::<Call>()
            .replace::<number, hundred>()
            .build()
            .unwrap();
        for _ in 0..2 {
            assert_eq!(call_in(&app, in_call::handler).await, Ok(100));
        }
        assert_eq!(MADE.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn a_singleton_may_stand_for_what_is_made_for_each_request() {
    static MADE: AtomicU32 = AtomicU32::new(0);

    #[dependency]
    fn each_time() -> u32 {
        unreachable!("it is replaced")
    }
    #[dependency(singleton)]
    fn once() -> u32 {
        MADE.fetch_add(1, Ordering::Relaxed)
    }
    #[handler]
    fn read(number: Depends<each_time>) -> u32 {
        *number
    }

    on_each_runtime(|| async {
        MADE.store(0, Ordering::Relaxed);
        let app = App::builder()
            .on::<Call>()
            .replace::<each_time, once>()
            .build()
            .unwrap();
        assert_eq!(call_in(&app, read::handler).await, Ok(0));
        assert_eq!(call_in(&app, read::handler).await, Ok(0));
        assert_eq!(MADE.load(Ordering::Relaxed), 1);
    });
}

#[test]
fn the_error_of_a_replacement_reaches_who_needs_what_it_replaces() {
    #[dependency(singleton)]
    fn config() -> u32 {
        1
    }
    #[dependency(singleton)]
    async fn broken_config() -> Result<u32, String> {
        Err("no file".to_owned())
    }
    #[dependency(singleton)]
    fn pool(config: Depends<config>) -> u32 {
        *config
    }
    #[handler]
    fn read(pool: Depends<pool>) -> u32 {
        *pool
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Call>()
            .replace::<config, broken_config>()
            .build()
            .unwrap();
        assert_eq!(call_in(&app, read::handler).await.unwrap_err(), "no file");
    });
}

#[test]
fn it_is_torn_down_with_the_app_and_not_the_original() {
    static LOG: Log = Log::new();

    fn close(_: Depends<config>, _: Outcome) {
        LOG.add("close-config");
    }
    #[dependency(singleton, teardown = close)]
    fn config() -> u32 {
        1
    }
    async fn close_test(_: Depends<test_config>, _: Outcome) {
        LOG.add("close-test-config");
    }
    #[dependency(singleton, teardown = close_test)]
    fn test_config() -> u32 {
        2
    }
    #[handler]
    fn read(config: Depends<config>) -> u32 {
        *config
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Call>()
            .replace::<config, test_config>()
            .build()
            .unwrap();
        assert_eq!(call_in(&app, read::handler).await, Ok(2));
        assert_eq!(LOG.take(), "");
        app.shutdown(PATIENCE).await.unwrap();
        assert_eq!(LOG.take(), "close-test-config");
    });
}
