//! `replace`: another dependency, which counts with all that is written of it.

use std::sync::atomic::{AtomicU32, Ordering};

use hueless::{App, Call, Cancellation, Depends, Input, Outcome, PollOnLane, dependency, handler};

use crate::support::{Log, Signal, call_in, in_each_app_with, on_each_runtime};

#[test]
fn any_colour_stands_for_any_other() {
    #[dependency]
    fn plain() -> u32 {
        1
    }
    #[dependency]
    async fn asynchronous() -> u32 {
        tokio::task::yield_now().await;
        2
    }
    #[dependency(inline)]
    fn inline() -> u32 {
        3
    }
    #[dependency(cpu)]
    fn cpu() -> u32 {
        4
    }
    #[handler]
    fn of_plain(value: Depends<plain>) -> u32 {
        *value
    }
    #[handler]
    async fn of_async(value: Depends<asynchronous>) -> u32 {
        *value
    }

    macro_rules! assert_stands_for {
        ($original:ident in $handler:ident: $($replacement:ident is $value:literal),*) => {$(
            let app = App::builder().on::<Call>().replace::<$original, $replacement>();
            let app = app.build().unwrap();
            assert_eq!(call_in(&app, $handler::handler).await, Ok($value));
        )*};
    }
    on_each_runtime(|| async {
        assert_stands_for!(plain in of_plain: asynchronous is 2, inline is 3, cpu is 4, plain is 1);
        assert_stands_for!(asynchronous in of_async: plain is 1, inline is 3, cpu is 4);
    });
}

#[test]
fn a_replacement_has_dependencies_and_reads_of_its_own() {
    #[dependency]
    fn user() -> Result<String, String> {
        Err("there is no session".to_owned())
    }
    #[dependency]
    fn prefix() -> &'static str {
        "test-"
    }
    #[dependency]
    async fn test_user(
        prefix: Depends<prefix>,
        Input(name): Input<String>,
    ) -> Result<String, String> {
        Ok(format!("{}{name}", *prefix))
    }
    #[handler]
    fn greet(user: Depends<user>) -> String {
        user.to_string()
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Call>()
            .replace::<user, test_user>()
            .build()
            .unwrap();
        let greeted = app
            .run(greet::handler, Call::new().with("ada".to_owned()))
            .await;
        assert_eq!(greeted.unwrap(), "test-ada");
        let missing = call_in(&app, greet::handler).await.unwrap_err();
        assert!(
            missing.contains("has no input of type `alloc::string::String`"),
            "{missing}"
        );
    });
}

#[test]
fn two_apps_do_not_see_each_other() {
    #[dependency]
    fn number() -> u32 {
        1
    }
    #[dependency]
    async fn two() -> u32 {
        2
    }
    #[dependency]
    fn three() -> u32 {
        3
    }
    #[handler]
    async fn read(number: Depends<number>) -> u32 {
        *number
    }

    on_each_runtime(|| async {
        let real = App::new();
        let one = App::builder()
            .on::<Call>()
            .replace::<number, two>()
            .build()
            .unwrap();
        let other = App::builder()
            .on::<Call>()
            .replace::<number, three>()
            .build()
            .unwrap();
        for _ in 0..3 {
            let (real, one, other) = tokio::join!(
                call_in(&real, read::handler),
                call_in(&one, read::handler),
                call_in(&other, read::handler),
            );
            assert_eq!((real, one, other), (Ok(1), Ok(2), Ok(3)));
        }
    });
}

#[test]
fn its_error_counts_where_it_stands() {
    static LOG: Log = Log::new();

    #[dependency]
    fn first() -> u32 {
        1
    }
    #[dependency]
    async fn first_fails() -> Result<u32, &'static str> {
        // The other one has failed by then.
        tokio::task::yield_now().await;
        LOG.add("first");
        Err("first")
    }
    #[dependency(inline)]
    fn second() -> Result<u32, &'static str> {
        LOG.add("second");
        Err("second")
    }
    #[handler]
    async fn both(first: Depends<first>, second: Depends<second>) -> u32 {
        *first + *second
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Call>()
            .replace::<first, first_fails>()
            .build()
            .unwrap();
        assert_eq!(call_in(&app, both::handler).await.unwrap_err(), "first");
        assert_eq!(LOG.take_sorted(), "first second");
    });
}

#[test]
fn a_guard_replaced_by_one_that_refuses() {
    static LOG: Log = Log::new();

    #[dependency(guard)]
    fn signed_in() -> u32 {
        LOG.add("signed-in");
        1
    }
    #[dependency(guard)]
    async fn signed_out() -> Result<u32, &'static str> {
        tokio::task::yield_now().await;
        LOG.add("signed-out");
        Err("401")
    }
    #[dependency]
    fn order() -> () {
        LOG.add("order");
    }
    #[handler]
    fn buy(_order: Depends<order>, _user: Depends<signed_in>) {
        LOG.add("buy");
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Call>()
            .replace::<signed_in, signed_out>()
            .build()
            .unwrap();
        assert_eq!(call_in(&app, buy::handler).await.unwrap_err(), "401");
        assert_eq!(LOG.take(), "signed-out");
    });
}

#[test]
fn whether_it_guards_is_for_the_replacement_to_say() {
    static LOG: Log = Log::new();
    static OTHER_HAS_RUN: Signal = Signal::new();

    #[dependency(guard)]
    async fn guard() -> () {
        LOG.add("guard");
    }
    #[dependency]
    async fn no_guard() -> () {
        // It would hang if what stands later waited for it.
        OTHER_HAS_RUN.wait().await;
        LOG.add("no-guard");
    }
    #[dependency]
    async fn other() -> () {
        LOG.add("other");
        OTHER_HAS_RUN.give();
    }
    #[handler]
    async fn both(_guard: Depends<guard>, _other: Depends<other>) {}

    #[dependency]
    async fn early() -> () {
        LOG.add("early");
    }
    #[handler]
    async fn late_guard(_early: Depends<early>, _other: Depends<other>) {}

    on_each_runtime(|| async {
        OTHER_HAS_RUN.reset();
        let app = App::builder()
            .on::<Call>()
            .replace::<guard, no_guard>()
            .build()
            .unwrap();
        call_in(&app, both::handler).await.unwrap();
        assert_eq!(LOG.take(), "other no-guard");

        // The other way round, what stands second comes first.
        let app = App::builder()
            .on::<Call>()
            .replace::<other, guard>()
            .build()
            .unwrap();
        call_in(&app, late_guard::handler).await.unwrap();
        assert_eq!(LOG.take(), "guard early");
    });
}

#[test]
fn what_starts_after_the_original_starts_after_the_replacement() {
    static LOG: Log = Log::new();
    static LATE_MAY_RUN: Signal = Signal::new();

    #[dependency]
    async fn first() -> () {
        LOG.add("original");
    }
    #[dependency]
    fn instead() -> () {
        LOG.add("instead");
        LATE_MAY_RUN.give();
    }
    #[dependency(after(first))]
    async fn late() -> () {
        LATE_MAY_RUN.wait().await;
        LOG.add("late");
    }
    #[handler]
    async fn both(_late: Depends<late>, _first: Depends<first>) {}

    in_each_app_with(
        |builder| builder.on::<Call>().replace::<first, instead>(),
        |app| async move {
            LATE_MAY_RUN.reset();
            call_in(&app, both::handler).await.unwrap();
            assert_eq!(LOG.take(), "instead late");
        },
    );
}

#[test]
fn its_timeout_counts_and_not_that_of_the_original() {
    #[dependency(timeout = "1ms")]
    async fn hurried() -> u32 {
        1
    }
    #[dependency]
    async fn patient() -> u32 {
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        2
    }
    #[handler]
    async fn of_hurried(value: Depends<hurried>) -> u32 {
        *value
    }
    #[dependency]
    async fn unhurried() -> u32 {
        3
    }
    #[dependency(timeout = "1ms")]
    async fn too_slow() -> u32 {
        std::future::pending().await
    }
    #[handler]
    async fn of_unhurried(value: Depends<unhurried>) -> u32 {
        *value
    }

    on_each_runtime(|| async {
        let app = App::builder().on::<Call>().replace::<hurried, patient>();
        let app = app.replace::<unhurried, too_slow>().build().unwrap();
        assert_eq!(call_in(&app, of_hurried::handler).await, Ok(2));
        let slow = call_in(&app, of_unhurried::handler).await.unwrap_err();
        assert_eq!(slow, "`too_slow` took longer than 1ms");
    });
}

#[test]
fn it_is_torn_down_and_not_the_original() {
    static LOG: Log = Log::new();

    fn close(_: Depends<real>, _: Outcome) {
        LOG.add("close-real");
    }
    #[dependency(teardown = close)]
    fn real() -> u32 {
        1
    }
    async fn close_fake(value: Depends<fake>, outcome: Outcome) -> Result<(), &'static str> {
        LOG.add(format!("close-fake-{}-{outcome:?}", *value));
        if outcome == Outcome::Completed {
            Err("not committed")
        } else {
            Ok(())
        }
    }
    fn after_fake(_: Depends<fake>, outcome: Outcome) {
        LOG.add(format!("after-fake-{outcome:?}"));
    }
    #[dependency(teardown = close_fake, after_response = after_fake)]
    async fn fake() -> Result<u32, &'static str> {
        Ok(2)
    }
    #[handler]
    fn read(value: Depends<real>) -> Result<u32, &'static str> {
        LOG.add(format!("read-{}", *value));
        Ok(*value)
    }
    #[handler]
    async fn fail(_value: Depends<real>) -> Result<u32, &'static str> {
        Err("no")
    }

    in_each_app_with(
        |builder| builder.on::<Call>().replace::<real, fake>(),
        |app| async move {
            let answer = call_in(&app, read::handler).await;
            assert_eq!(
                answer.unwrap_err(),
                "not committed",
                "the error is the replacement's"
            );
            assert_eq!(call_in(&app, fail::handler).await, Ok(Err("no")));
            app.shutdown(crate::support::PATIENCE).await.unwrap();
            assert_eq!(
                LOG.take_sorted(),
                "after-fake-Failed after-fake-Failed close-fake-2-Completed \
                 close-fake-2-Failed read-2"
            );
        },
    );
}

#[test]
fn it_is_one_node_under_all_its_names() {
    static LOG: Log = Log::new();

    #[dependency]
    fn one() -> u32 {
        1
    }
    #[dependency]
    fn other() -> u32 {
        2
    }
    #[dependency]
    fn both_of_them() -> u32 {
        LOG.add("made");
        3
    }
    #[handler]
    fn sum(one: Depends<one>, own: Depends<both_of_them>, other: Depends<other>) -> u32 {
        *one + *own + *other
    }

    on_each_runtime(|| async {
        let app = App::builder().on::<Call>().replace::<one, both_of_them>();
        let app = app.replace::<other, both_of_them>().build().unwrap();
        assert_eq!(call_in(&app, sum::handler).await, Ok(9));
        assert_eq!(LOG.take(), "made");
    });
}

#[test]
fn two_can_change_places() {
    #[dependency]
    fn one() -> u32 {
        1
    }
    #[dependency]
    async fn two() -> u32 {
        2
    }
    #[handler]
    fn both(one: Depends<one>, two: Depends<two>) -> (u32, u32) {
        (*one, *two)
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Call>()
            .replace::<one, two>()
            .replace::<two, one>();
        assert_eq!(
            call_in(&app.build().unwrap(), both::handler).await,
            Ok((2, 1))
        );
    });
}

#[test]
fn a_transient_one_stands_for_a_transient_one_use_by_use() {
    static MADE: AtomicU32 = AtomicU32::new(0);

    #[dependency(transient)]
    fn scratch() -> Vec<u32> {
        unreachable!("it is replaced")
    }
    #[dependency(transient)]
    async fn numbered() -> Vec<u32> {
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
        let app = App::builder()
            .on::<Call>()
            .replace::<scratch, numbered>()
            .build()
            .unwrap();
        assert_eq!(
            call_in(&app, both::handler).await,
            Ok((vec![0, 100], vec![1, 200]))
        );
    });
}

#[test]
fn what_is_built_in_can_be_replaced_too() {
    #[dependency(transient)]
    fn cancelled_at_once() -> Cancellation {
        let cancellation = Cancellation::new();
        cancellation.cancel();
        cancellation
    }
    #[handler]
    fn stops(cancellation: Depends<Cancellation>) -> bool {
        cancellation.is_cancelled()
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Call>()
            .replace::<Cancellation, cancelled_at_once>();
        assert_eq!(
            call_in(&app.build().unwrap(), stops::handler).await,
            Ok(true)
        );
        assert_eq!(call_in(&App::new(), stops::handler).await, Ok(false));
    });
}

trait Backend: Send + Sync + 'static {
    const NAME: &'static str;
}
struct Postgres;
struct Memory;
impl Backend for Postgres {
    const NAME: &'static str = "postgres";
}
impl Backend for Memory {
    const NAME: &'static str = "memory";
}

#[dependency]
fn repo<B: Backend>() -> String {
    B::NAME.to_owned()
}
#[dependency]
async fn fake_repo() -> String {
    "fake".to_owned()
}
#[handler]
fn both_repos(one: Depends<repo<Postgres>>, other: Depends<repo<Memory>>) -> String {
    format!("{} {}", *one, *other)
}
#[handler]
fn generic<B: Backend>(repo: Depends<repo<B>>) -> String {
    repo.to_string()
}

#[test]
fn one_instantiation_is_replaced_and_another_one_stands_for_it() {
    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Call>()
            .replace::<repo<Postgres>, fake_repo>();
        let app = app.serves(generic::<Postgres>::handler).build().unwrap();
        assert_eq!(
            call_in(&app, both_repos::handler).await.unwrap(),
            "fake memory"
        );
        assert_eq!(
            call_in(&app, generic::<Postgres>::handler).await.unwrap(),
            "fake"
        );
        assert_eq!(
            call_in(&app, generic::<Memory>::handler).await.unwrap(),
            "memory"
        );

        let app = App::builder()
            .on::<Call>()
            .replace::<repo<Postgres>, repo<Memory>>();
        let app = app.build().unwrap();
        assert_eq!(
            call_in(&app, both_repos::handler).await.unwrap(),
            "memory memory"
        );
    });
}

#[test]
fn a_struct_can_be_replaced_and_can_stand_for_a_function() {
    #[dependency]
    struct Page {
        number: Depends<number>,
        size: Input<u32>,
    }
    #[dependency]
    fn number() -> u32 {
        1
    }
    #[handler]
    fn read(page: Depends<Page>) -> u32 {
        *page.number * *page.size
    }
    #[dependency]
    fn second_page() -> Page {
        Page {
            number: Depends::new(2),
            size: Input(20),
        }
    }

    on_each_runtime(|| async {
        let app = App::builder()
            .on::<Call>()
            .replace::<Page, second_page>()
            .build()
            .unwrap();
        assert_eq!(call_in(&app, read::handler).await, Ok(40));
        let app = App::builder().replace_with::<number>(3).build().unwrap();
        let read = app.run(read::handler, Call::new().with(10_u32)).await;
        assert_eq!(read.unwrap(), 30);
    });
}

#[test]
fn a_replacement_of_the_same_shape_takes_as_many_hops() {
    #[dependency]
    fn config() -> u32 {
        1
    }
    #[dependency]
    fn db(config: Depends<config>) -> u32 {
        *config
    }
    #[dependency]
    fn fake_db(config: Depends<config>) -> u32 {
        *config + 1
    }
    #[handler]
    fn read(db: Depends<db>) -> u32 {
        *db
    }

    on_each_runtime(|| async {
        for choice in [PollOnLane::Never, PollOnLane::Always] {
            let real = App::builder().poll_on_lane(choice).build().unwrap();
            let faked = App::builder().poll_on_lane(choice).on::<Call>();
            let faked = faked.replace::<db, fake_db>().build().unwrap();
            assert_eq!(call_in(&real, read::handler).await, Ok(1));
            assert_eq!(call_in(&faked, read::handler).await, Ok(2));
            assert_eq!(real.stats().hops, 1);
            assert_eq!(faked.stats().hops, 1);
        }
        let given = App::builder().replace_with::<db>(5).build().unwrap();
        assert_eq!(call_in(&given, read::handler).await, Ok(5));
        assert_eq!(given.stats().hops, 1, "the handler's own");
    });
}
