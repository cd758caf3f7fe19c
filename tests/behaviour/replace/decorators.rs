//! Inside a replacement the name means the original.

use std::sync::atomic::{AtomicU32, Ordering};

use hueless::{App, Call, Depends, Outcome, dependency, handler};

use crate::support::{Log, call_in, in_each_app_with, on_each_runtime};

#[test]
fn a_replacement_adds_to_the_original_and_everyone_else_gets_the_replacement() {
    static LOG: Log = Log::new();

    #[dependency]
    fn config() -> u32 {
        LOG.add("config");
        1
    }
    #[dependency]
    fn db(config: Depends<config>) -> u32 {
        LOG.add("db");
        *config * 10
    }
    #[dependency]
    fn users(db: Depends<db>) -> u32 {
        LOG.add("users");
        *db
    }
    #[dependency]
    async fn counting_db(db: Depends<db>, config: Depends<config>) -> u32 {
        LOG.add("counting-db");
        *db + *config
    }
    #[handler]
    fn read(users: Depends<users>, db: Depends<db>) -> (u32, u32) {
        (*users, *db)
    }

    in_each_app_with(
        |builder| builder.on::<Call>().replace::<db, counting_db>(),
        |app| async move {
            assert_eq!(call_in(&app, read::handler).await, Ok((11, 11)));
            assert_eq!(LOG.take(), "config db counting-db users");
        },
    );
}

#[test]
fn what_the_replacement_needs_itself_gets_the_replacement() {
    #[dependency]
    fn db() -> u32 {
        10
    }
    #[dependency]
    fn other(settings: Depends<settings>) -> u32 {
        *settings
    }
    #[dependency]
    fn settings() -> u32 {
        1
    }
    #[dependency]
    fn test_settings(settings: Depends<settings>) -> u32 {
        *settings + 1
    }
    #[dependency]
    fn counting_db(db: Depends<db>, other: Depends<other>) -> u32 {
        *db + *other
    }
    #[handler]
    fn read(db: Depends<db>) -> u32 {
        *db
    }

    on_each_runtime(|| async {
        let app = App::builder().on::<Call>().replace::<db, counting_db>();
        let app = app.replace::<settings, test_settings>().build().unwrap();
        assert_eq!(call_in(&app, read::handler).await, Ok(12));
    });
}

#[test]
fn what_a_replacement_requires_is_the_original_too() {
    static LOG: Log = Log::new();

    #[dependency(guard)]
    fn signed_in() -> Result<u32, &'static str> {
        LOG.add("signed-in");
        Ok(1)
    }
    #[dependency(guard, requires(signed_in))]
    async fn signed_in_twice(rights: Depends<rights>) -> u32 {
        LOG.add("twice");
        *rights
    }
    #[dependency]
    fn rights() -> u32 {
        LOG.add("rights");
        2
    }
    #[handler]
    fn buy(user: Depends<signed_in>) -> u32 {
        *user
    }

    in_each_app_with(
        |builder| builder.on::<Call>().replace::<signed_in, signed_in_twice>(),
        |app| async move {
            assert_eq!(call_in(&app, buy::handler).await, Ok(2));
            assert_eq!(LOG.take(), "signed-in rights twice");
        },
    );
}

#[test]
fn under_its_own_name_it_gets_the_original_as_well() {
    #[dependency]
    fn db() -> u32 {
        10
    }
    #[dependency]
    fn counting_db(db: Depends<db>) -> u32 {
        *db + 1
    }
    #[handler]
    fn read(own: Depends<counting_db>, db: Depends<db>) -> (u32, u32) {
        (*own, *db)
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Call>()
            .replace::<db, counting_db>()
            .build()
            .unwrap();
        assert_eq!(call_in(&app, read::handler).await, Ok((11, 11)));
    });
}

#[test]
fn original_and_replacement_are_both_torn_down_the_replacement_first() {
    static LOG: Log = Log::new();

    fn close(_: Depends<db>, _: Outcome) {
        LOG.add("close-db");
    }
    #[dependency(teardown = close)]
    async fn db() -> u32 {
        1
    }
    async fn close_counting(_: Depends<counting_db>, _: Outcome) {
        LOG.add("close-counting-db");
    }
    #[dependency(teardown = close_counting)]
    fn counting_db(db: Depends<db>) -> u32 {
        *db + 1
    }
    #[handler]
    async fn read(db: Depends<db>) -> u32 {
        LOG.add("read");
        *db
    }

    in_each_app_with(
        |builder| builder.on::<Call>().replace::<db, counting_db>(),
        |app| async move {
            assert_eq!(call_in(&app, read::handler).await, Ok(2));
            assert_eq!(LOG.take(), "read close-counting-db close-db");
        },
    );
}

#[test]
fn a_transient_one_can_be_added_to_use_by_use() {
    static MADE: AtomicU32 = AtomicU32::new(0);

    #[dependency(transient)]
    fn scratch() -> Vec<u32> {
        vec![MADE.fetch_add(1, Ordering::Relaxed)]
    }
    #[dependency(transient)]
    fn full_scratch(mut scratch: Depends<scratch>) -> Vec<u32> {
        scratch.push(100);
        std::mem::take(&mut scratch)
    }
    #[handler(sequential)]
    fn both(one: Depends<scratch>, other: Depends<scratch>) -> (Vec<u32>, Vec<u32>) {
        (one.clone(), other.clone())
    }

    on_each_runtime(|| async {
        MADE.store(0, Ordering::Relaxed);
        let app = App::builder()
            .on::<Call>()
            .replace::<scratch, full_scratch>()
            .build()
            .unwrap();
        assert_eq!(
            call_in(&app, both::handler).await,
            Ok((vec![0, 100], vec![1, 100]))
        );
    });
}

#[test]
fn one_may_replace_another_that_replaces_a_third() {
    #[dependency]
    fn db() -> u32 {
        1
    }
    #[dependency]
    fn twice(db: Depends<db>) -> u32 {
        *db * 2
    }
    #[dependency]
    fn more(twice: Depends<twice>) -> u32 {
        *twice + 10
    }
    #[handler]
    fn read(db: Depends<db>, twice: Depends<twice>) -> (u32, u32) {
        (*db, *twice)
    }

    on_each_runtime(|| async {
        // What stands for `db` is `twice` itself, and not what stands for `twice`.
        let app = App::builder()
            .on::<Call>()
            .replace::<db, twice>()
            .replace::<twice, more>();
        assert_eq!(
            call_in(&app.build().unwrap(), read::handler).await,
            Ok((2, 12))
        );
    });
}
