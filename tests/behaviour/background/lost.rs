//! Work that no runtime is there for is logged.

use std::sync::Mutex;

use futures_util::FutureExt;
use hueless::{Background, Call, Depends, dependency, handler};
use tokio::runtime::Builder;

use super::{about_line, fail};
use crate::heard;
use crate::support::{Signal, both_kinds, call_in, in_each_app, is_over};

const LOST: &str = "ERROR the runtime is gone: work in the background did not run";
const LOST_WITH_THE_APP: &str =
    "ERROR the app is gone or has shut down: work in the background did not run";

#[test]
fn without_a_runtime() {
    const FIRST: u32 = line!() + 3;
    #[handler]
    async fn show(background: Depends<Background>) -> Background {
        background.add(|| fail("there is no thread"));
        background.add(async { fail("there is no task") });
        Background::clone(&background)
    }

    heard::listen();
    for app in both_kinds(|builder| builder) {
        let run = app.run(show::handler, Call::new()).now_or_never();
        let background = run.expect("nothing waits").expect("nothing fails");
        assert!(background.is_empty());
        assert_eq!(about_line(file!(), FIRST), [LOST]);
        assert_eq!(about_line(file!(), FIRST + 1), [LOST]);
    }
}

#[test]
fn when_the_runtime_goes_away() {
    static RUNS: Signal = Signal::new();

    const FIRST: u32 = line!() + 3;
    #[handler]
    async fn show(background: Depends<Background>) {
        background.add(async {
            RUNS.give();
            std::future::pending::<()>().await;
        });
        background.add(|| fail("it waits for the other"));
        background.add(async { fail("it waits for the others") });
    }

    heard::listen();
    for mut builder in [Builder::new_multi_thread(), Builder::new_current_thread()] {
        for app in both_kinds(|builder| builder) {
            let runtime = builder.enable_all().build().expect("a runtime starts");
            RUNS.reset();
            runtime.block_on(async {
                assert_eq!(call_in(&app, show::handler).await, Ok(()));
                RUNS.wait().await;
            });
            drop(runtime);
            assert_eq!(about_line(file!(), FIRST + 4), [LOST]);
            assert_eq!(about_line(file!(), FIRST + 5), [LOST]);
        }
    }
}

#[test]
fn when_it_is_added_after_the_runtime_has_gone() {
    static ENDED: Signal = Signal::new();

    #[handler]
    async fn show(background: Depends<Background>) -> Background {
        background.add(|| ENDED.give());
        Background::clone(&background)
    }

    heard::listen();
    for mut builder in [Builder::new_multi_thread(), Builder::new_current_thread()] {
        for app in both_kinds(|builder| builder) {
            let runtime = builder.enable_all().build().expect("a runtime starts");
            ENDED.reset();
            let background = runtime.block_on(async {
                let background = call_in(&app, show::handler).await;
                ENDED.wait().await;
                background.expect("nothing fails")
            });
            drop(runtime);
            background.add(|| fail("there is no thread"));
            assert_eq!(about_line(file!(), line!() - 1), [LOST]);
            background.add(async { fail("there is no task") });
            assert_eq!(about_line(file!(), line!() - 1), [LOST]);
        }
    }
}

#[test]
fn when_it_is_added_after_the_app_has_shut_down() {
    #[handler]
    async fn show(background: Depends<Background>) -> Background {
        Background::clone(&background)
    }

    heard::listen();
    in_each_app(|app| async move {
        let background = call_in(&app, show::handler).await.expect("nothing fails");
        is_over(&app).await;
        background.add(|| fail("the app is over"));
        assert_eq!(about_line(file!(), line!() - 1), [LOST_WITH_THE_APP]);
        background.add(async { fail("the app is over") });
        assert_eq!(about_line(file!(), line!() - 1), [LOST_WITH_THE_APP]);
    });
}

#[test]
fn whoever_keeps_it_does_not_keep_the_app() {
    static DROPPED: Signal = Signal::new();

    struct Kept(Mutex<Option<Background>>);
    impl Drop for Kept {
        fn drop(&mut self) {
            DROPPED.give();
        }
    }

    #[dependency(singleton)]
    fn keeps() -> Kept {
        Kept(Mutex::new(None))
    }
    #[handler]
    async fn show(keeps: Depends<keeps>, background: Depends<Background>) -> Background {
        *keeps.0.lock().expect("nobody panics") = Some(Background::clone(&background));
        Background::clone(&background)
    }

    heard::listen();
    in_each_app(|app| async move {
        DROPPED.reset();
        let background = call_in(&app, show::handler).await.expect("nothing fails");
        drop(app);
        DROPPED.wait().await;
        background.add(|| fail("the app is gone"));
        assert_eq!(about_line(file!(), line!() - 1), [LOST_WITH_THE_APP]);
    });
}
