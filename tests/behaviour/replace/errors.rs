//! What cannot be replaced like that, in the words in which it is refused.

use hueless::{App, Call, Depends, Input, dependency, handler};

use super::{Web, plan_refused, refused, web};
use crate::support::{call_in, on_each_runtime};

#[dependency]
fn db() -> u32 {
    1
}
#[dependency]
async fn fake_db() -> u32 {
    2
}
#[dependency]
fn other_db() -> u32 {
    3
}
#[handler]
fn read(db: Depends<db>) -> u32 {
    *db
}

#[test]
fn what_is_replaced_in_another_context_only_is_refused_where_it_is_needed() {
    #[dependency]
    fn users(db: Depends<db>) -> u32 {
        *db
    }
    #[handler]
    fn list(users: Depends<users>) -> u32 {
        *users
    }
    #[handler]
    async fn ping() -> u32 {
        0
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Web>()
            .replace::<db, fake_db>()
            .build()
            .unwrap();
        assert_eq!(app.run(list::handler, web()).await.unwrap(), 2);
        assert_eq!(
            plan_refused(&app, list::handler).await,
            "`db` is replaced in `Http<()>` but not in `Call`, where `users` needs it; replace it \
             there too, with `.on::<Call>().replace::<db, _>()`"
        );
        // What does not need it is not concerned.
        assert_eq!(call_in(&app, ping::handler).await, Ok(0));
    });
    let builder = App::builder()
        .on::<Call>()
        .serves(list::handler)
        .serves(ping::handler);
    assert_eq!(
        refused(
            builder
                .on::<Web>()
                .replace::<db, fake_db>()
                .serves(list::handler)
        ),
        "`db` is replaced in `Http<()>` but not in `Call`, where `users` needs it; replace it there \
         too, with `.on::<Call>().replace::<db, _>()`"
    );
}

#[test]
fn a_singleton_behind_another_that_is_replaced_in_another_context_only_is_refused_too() {
    #[dependency(singleton)]
    fn config() -> u32 {
        1
    }
    #[dependency(singleton)]
    fn test_config() -> u32 {
        2
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
            .on::<Web>()
            .replace::<config, test_config>()
            .build()
            .unwrap();
        assert_eq!(
            plan_refused(&app, read::handler).await,
            "`config` is replaced in `Http<()>` but not in `Call`, where `pool` needs it; replace \
             it there too, with `.on::<Call>().replace::<config, _>()`"
        );
        assert_eq!(app.run(read::handler, web()).await.unwrap(), 2);
    });
}

#[test]
fn what_is_replaced_twice_is_refused() {
    let builder = App::builder()
        .on::<Call>()
        .replace::<db, fake_db>()
        .replace::<db, other_db>();
    assert_eq!(
        refused(builder),
        "`db` is replaced twice in `Call`: by `fake_db` and by `other_db`"
    );
    let builder = App::builder()
        .on::<Call>()
        .replace::<db, fake_db>()
        .replace::<db, fake_db>();
    assert_eq!(
        refused(builder),
        "`db` is replaced twice in `Call`: by `fake_db` and by `fake_db`"
    );
    let builder = App::builder().replace_with::<db>(1).replace_with::<db>(2);
    assert_eq!(
        refused(builder),
        "`db` is replaced twice: by a value and by another one"
    );
    let expected = "`db` is replaced twice in `Http<()>`: by `fake_db` and by a value";
    let builder = App::builder()
        .replace_with::<db>(1)
        .on::<Web>()
        .replace::<db, fake_db>();
    assert_eq!(refused(builder), expected);
    let builder = App::builder()
        .on::<Web>()
        .replace::<db, fake_db>()
        .replace_with::<db>(1);
    assert_eq!(refused(builder), expected);
    // In two contexts it is replaced once each.
    let builder = App::builder().on::<Web>().replace::<db, fake_db>();
    builder
        .on::<Call>()
        .replace::<db, other_db>()
        .build()
        .unwrap();
}

#[test]
fn one_singleton_is_not_replaced_by_two() {
    #[dependency(singleton)]
    fn pool() -> u32 {
        1
    }
    #[dependency(singleton)]
    fn small() -> u32 {
        2
    }
    #[dependency(singleton)]
    fn large() -> u32 {
        3
    }

    let builder = App::builder().on::<Web>().replace::<pool, small>();
    let builder = builder.on::<Call>().replace::<pool, large>();
    assert_eq!(
        refused(builder),
        "the singleton `pool` is replaced by `small` in `Http<()>` and by `large` in `Call`, but \
         an app has one for all its contexts"
    );
}

#[test]
fn a_cycle_through_a_replacement_is_refused_and_says_what_is_replaced() {
    #[dependency]
    fn pool(db: Depends<db>) -> u32 {
        *db
    }
    #[dependency]
    fn pooled_db(pool: Depends<pool>) -> u32 {
        *pool
    }
    #[handler]
    fn read_pool(pool: Depends<pool>) -> u32 {
        *pool
    }

    let expected = "dependency cycle: db (replaced by pooled_db) -> pool -> db";
    let builder = || App::builder().on::<Call>().replace::<db, pooled_db>();
    assert_eq!(refused(builder()), expected);
    // However one comes to it, it is one cycle.
    let builder = builder().serves(read_pool::handler).serves(read::handler);
    assert_eq!(refused(builder), expected);
}

#[test]
fn a_cycle_through_two_replacements_and_an_original_is_refused() {
    #[dependency]
    fn users(db: Depends<db>) -> u32 {
        *db
    }
    #[dependency]
    fn cached_users() -> u32 {
        1
    }
    #[dependency]
    fn db_of_users(users: Depends<users>) -> u32 {
        *users
    }
    #[dependency]
    fn users_and_more(users: Depends<users>) -> u32 {
        *users
    }

    let builder = App::builder().on::<Call>().replace::<db, db_of_users>();
    let builder = builder.replace::<users, users_and_more>();
    assert_eq!(
        refused(builder),
        "dependency cycle: db (replaced by db_of_users) -> users (replaced by users_and_more) -> \
         users (the original) -> db"
    );
    // What breaks it is no cycle.
    let builder = App::builder().on::<Call>().replace::<db, db_of_users>();
    builder.replace::<users, cached_users>().build().unwrap();
}

#[test]
fn a_cycle_of_singletons_is_refused() {
    #[dependency(singleton)]
    fn config() -> u32 {
        1
    }
    #[dependency(singleton)]
    fn pool(config: Depends<config>) -> u32 {
        *config
    }
    #[dependency(singleton)]
    fn stored_config(pool: Depends<pool>) -> u32 {
        *pool
    }

    let builder = App::builder()
        .on::<Call>()
        .replace::<config, stored_config>();
    let builder = builder.singleton::<pool>().singleton::<config>();
    assert_eq!(
        refused(builder),
        "dependency cycle: config (replaced by stored_config) -> pool -> config"
    );
}

#[test]
fn a_replacement_that_starts_after_itself_is_refused() {
    #[dependency(after(db))]
    fn late_db() -> u32 {
        1
    }

    let builder = App::builder().on::<Call>().replace::<db, late_db>();
    assert_eq!(
        refused(builder),
        "dependency cycle: db (replaced by late_db) -> db"
    );
}

#[test]
fn a_replacement_that_starts_after_a_transient_one_is_refused() {
    #[dependency(transient)]
    fn fresh() -> u32 {
        1
    }
    #[dependency(after(fresh))]
    fn late_db(fresh: Depends<fresh>) -> u32 {
        *fresh
    }

    let builder = App::builder().on::<Call>().replace::<db, late_db>();
    assert_eq!(
        refused(builder),
        "`late_db` starts after `fresh`, but that is transient: it is made for each use, so there \
         is no one moment when it is done"
    );
}

#[test]
fn what_is_wrong_with_the_run_of_a_singleton_is_seen_too() {
    #[dependency(transient)]
    fn fresh() -> u32 {
        1
    }
    #[dependency(after(fresh), transient)]
    fn late(fresh: Depends<fresh>) -> u32 {
        *fresh
    }
    #[dependency(singleton)]
    fn inner(late: Depends<late>) -> u32 {
        *late
    }
    #[dependency(singleton)]
    fn outer(inner: Depends<inner>) -> u32 {
        *inner
    }
    #[dependency(singleton)]
    fn pool() -> u32 {
        1
    }

    let expected = "`late` starts after `fresh`, but that is transient: it is made for each use, so \
                    there is no one moment when it is done";
    assert_eq!(
        refused(App::builder().on::<Call>().replace::<pool, outer>()),
        expected
    );
    assert_eq!(refused(App::builder().singleton::<outer>()), expected);
}

#[test]
fn a_singleton_that_gets_a_requests_value_through_what_is_replaced_is_refused() {
    #[dependency(transient)]
    fn label() -> String {
        "label".to_owned()
    }
    #[dependency(singleton)]
    fn pool(label: Depends<label>) -> usize {
        label.len()
    }
    #[dependency]
    fn user() -> String {
        "user".to_owned()
    }
    #[dependency(transient)]
    fn label_of_user(user: Depends<user>) -> String {
        user.to_string()
    }
    #[dependency(transient)]
    fn label_of_input(Input(label): Input<String>) -> String {
        label
    }
    #[handler]
    fn read(pool: Depends<pool>) -> usize {
        *pool
    }

    let builder = App::builder()
        .on::<Call>()
        .replace::<label, label_of_user>();
    let error = refused(builder.serves(read::handler));
    assert!(
        error.contains(
            "a singleton lives longer than a request: pool -> label (replaced by label_of_user) -> \
             user"
        ),
        "{error}"
    );
    let builder = App::builder()
        .on::<Call>()
        .replace::<label, label_of_input>();
    let error = refused(builder.serves(read::handler));
    assert!(
        error.contains(
            "a singleton lives longer than a request: pool -> label (replaced by label_of_input) \
             -> Input<String>"
        ),
        "{error}"
    );
}

#[test]
fn a_singleton_that_gets_what_is_replaced_for_requests_only_is_refused() {
    #[dependency(transient)]
    fn buffer() -> Vec<u8> {
        Vec::new()
    }
    #[dependency(singleton)]
    fn inner(buffer: Depends<buffer>) -> usize {
        buffer.len()
    }
    #[dependency(singleton)]
    fn outer(inner: Depends<inner>) -> usize {
        *inner
    }
    #[dependency(transient)]
    fn full_buffer() -> Vec<u8> {
        vec![1]
    }
    #[handler]
    fn read(outer: Depends<outer>) -> usize {
        *outer
    }

    let expected = "a singleton is made outside of any request, and cannot take what stands for a \
                    dependency in requests only: inner -> buffer (replaced by full_buffer)";
    let builder = || App::builder().on::<Call>().replace::<buffer, full_buffer>();
    assert_eq!(refused(builder().serves(read::handler)), expected);
    assert_eq!(
        refused(builder().singleton::<outer>().singleton::<inner>()),
        expected
    );
}

#[test]
fn everything_wrong_is_said_at_once_and_once() {
    #[dependency]
    fn pool(db: Depends<db>) -> u32 {
        *db
    }
    #[dependency]
    fn pooled_db(pool: Depends<pool>) -> u32 {
        *pool
    }
    #[dependency]
    fn user() -> u32 {
        1
    }
    #[dependency]
    fn fake_user(job: Depends<job>) -> u32 {
        *job
    }
    #[dependency]
    fn job() -> u32 {
        1
    }
    #[dependency]
    fn fake_job() -> u32 {
        1
    }
    #[handler]
    fn one(_user: Depends<user>, _pool: Depends<pool>) {}
    #[handler]
    fn two(_job: Depends<job>, _db: Depends<db>) {}

    let builder = App::builder()
        .on::<Call>()
        .serves(one::handler)
        .serves(two::handler)
        .replace::<user, fake_user>()
        .replace::<db, pooled_db>()
        .replace::<user, fake_job>()
        .on::<Web>()
        .replace::<job, fake_job>();
    let error = refused(builder);
    assert_eq!(
        error,
        "`user` is replaced twice in `Call`: by `fake_user` and by `fake_job`; \
         `job` is replaced in `Http<()>` but not in `Call`, where `fake_user` needs it; replace it \
         there too, with `.on::<Call>().replace::<job, _>()`; \
         dependency cycle: db (replaced by pooled_db) -> pool -> db; \
         `job` is replaced in `Http<()>` but not in `Call`, where `two` needs it; replace it there \
         too, with `.on::<Call>().replace::<job, _>()`"
    );
}
