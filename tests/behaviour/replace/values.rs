//! `replace_with`: a value, in every context and for singletons.

use std::sync::atomic::{AtomicU32, Ordering};

use hueless::{App, Background, Call, Depends, Outcome, PollOnLane, dependency, handler};

use super::{Web, web};
use crate::support::{Log, call_in, on_each_runtime};

#[dependency]
fn db() -> Result<String, String> {
    Err("the real one is never asked".to_owned())
}

#[dependency]
async fn length(db: Depends<db>) -> usize {
    db.len()
}

#[handler]
fn read(db: Depends<db>, length: Depends<length>) -> String {
    format!("{} {}", *db, *length)
}

#[test]
fn everyone_gets_the_value_and_nothing_else_runs() {
    on_each_runtime(|| async {
        let app = App::builder().replace_with::<db>("fake".to_owned());
        let app = app.build().unwrap();
        for _ in 0..2 {
            assert_eq!(call_in(&app, read::handler).await.unwrap(), "fake 4");
        }
    });
}

#[test]
fn it_holds_in_every_context() {
    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Call>()
            .replace_with::<db>("fake".to_owned());
        let app = app.build().unwrap();
        assert_eq!(app.run(read::handler, web()).await.unwrap(), "fake 4");
        assert_eq!(call_in(&app, read::handler).await.unwrap(), "fake 4");
    });
}

#[test]
fn two_apps_do_not_see_each_other() {
    on_each_runtime(|| async {
        let one = App::builder()
            .replace_with::<db>("one".to_owned())
            .build()
            .unwrap();
        let other = App::builder()
            .replace_with::<db>("other".to_owned())
            .build()
            .unwrap();
        let none = App::new();
        let (one, other, none) = tokio::join!(
            call_in(&one, read::handler),
            call_in(&other, read::handler),
            call_in(&none, read::handler),
        );
        assert_eq!(one.unwrap(), "one 3");
        assert_eq!(other.unwrap(), "other 5");
        assert_eq!(none.unwrap_err(), "the real one is never asked");
    });
}

#[test]
fn requests_share_one_value() {
    static LIVING: AtomicU32 = AtomicU32::new(0);

    struct Counted;
    impl Drop for Counted {
        fn drop(&mut self) {
            LIVING.fetch_sub(1, Ordering::Relaxed);
        }
    }
    #[dependency]
    fn counted() -> Counted {
        unreachable!("it is replaced")
    }
    #[handler]
    async fn take(counted: Depends<counted>) -> Depends<counted> {
        counted
    }

    on_each_runtime(|| async {
        LIVING.store(1, Ordering::Relaxed);
        let app = App::builder()
            .replace_with::<counted>(Counted)
            .build()
            .unwrap();
        let one = call_in(&app, take::handler).await.unwrap();
        let other = call_in(&app, take::handler).await.unwrap();
        assert!(std::ptr::eq(&raw const *one, &raw const *other));
        drop((one, other));
        assert_eq!(LIVING.load(Ordering::Relaxed), 1, "the app keeps it");
        drop(app);
        assert_eq!(LIVING.load(Ordering::Relaxed), 0, "and drops it");
    });
}

#[test]
fn a_value_is_no_guard_and_is_not_torn_down() {
    static LOG: Log = Log::new();

    fn close(_: Depends<signed_in>, _: Outcome) {
        LOG.add("closed");
    }
    #[dependency(guard, timeout = "1s", teardown = close, after_response = close)]
    async fn signed_in() -> Result<u32, String> {
        LOG.add("asked");
        Err("401".to_owned())
    }
    #[dependency(requires(signed_in))]
    fn order() -> u32 {
        LOG.add("order");
        40
    }
    #[handler(requires(signed_in))]
    fn buy(order: Depends<order>, user: Depends<signed_in>) -> u32 {
        *order + *user
    }

    on_each_runtime(|| async {
        for sequential in [false, true] {
            let builder = App::builder().replace_with::<signed_in>(2);
            let builder = if sequential {
                builder.sequential()
            } else {
                builder
            };
            let app = builder.poll_on_lane(PollOnLane::Always).build().unwrap();
            assert_eq!(call_in(&app, buy::handler).await, Ok(42));
            assert_eq!(LOG.take(), "order");
        }
    });
}

#[test]
fn what_starts_after_a_replaced_dependency_starts_after_the_value() {
    #[dependency(after(db))]
    async fn late() -> u32 {
        1
    }
    #[handler]
    async fn both(late: Depends<late>, db: Depends<db>) -> String {
        format!("{} {}", *late, *db)
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .replace_with::<db>("fake".to_owned())
            .build()
            .unwrap();
        assert_eq!(call_in(&app, both::handler).await.unwrap(), "1 fake");
    });
}

#[test]
fn a_value_stands_for_one_instantiation() {
    #[dependency(inline)]
    fn page<const MAX: usize>() -> usize {
        MAX
    }
    #[handler]
    async fn both(small: Depends<page<10>>, large: Depends<page<100>>) -> (usize, usize) {
        (*small, *large)
    }

    on_each_runtime(|| async {
        let app = App::builder().replace_with::<page<10>>(3).build().unwrap();
        assert_eq!(call_in(&app, both::handler).await, Ok((3, 100)));
    });
}

#[test]
fn what_goes_to_the_background_can_be_looked_at_instead_of_run() {
    static LOG: Log = Log::new();

    #[handler]
    fn upload(background: Depends<Background>) {
        background.add(|| LOG.add("thumbnail"));
        background.add(async { LOG.add("index") });
    }

    on_each_runtime(|| async {
        let background = Background::new();
        let app = App::builder().replace_with::<Background>(background.clone());
        let app = app.build().unwrap();
        app.run(upload::handler, web()).await.unwrap();
        call_in(&app, upload::handler).await.unwrap();
        assert_eq!(background.len(), 4);
        app.shutdown(crate::support::PATIENCE).await.unwrap();
        assert_eq!(LOG.take(), "");
    });
}

#[test]
fn a_value_in_a_context_after_another_is_named_counts_once() {
    on_each_runtime(|| async {
        let builder = App::builder().on::<Web>().serves(read::handler);
        let builder = builder.on::<Call>().replace_with::<db>("fake".to_owned());
        let app = builder.serves(read::handler).build().unwrap();
        assert_eq!(call_in(&app, read::handler).await.unwrap(), "fake 4");
    });
}
