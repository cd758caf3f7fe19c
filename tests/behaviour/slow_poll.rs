//! Nodes that hold an executor thread are named.

use std::thread::sleep;
use std::time::Duration;

use hueless::{AppBuilder, Background, Depends, Outcome, PollOnLane, dependency, handler};

use crate::heard;
use crate::support::{both_kinds, call_in, in_each_app_with, is_over, on_each_runtime};

/// Longer than a thread is kept waiting by others on a loaded machine.
const LIMIT: Duration = Duration::from_millis(40);
const LONG: Duration = Duration::from_millis(60);

fn watched<C>(builder: AppBuilder<C>) -> AppBuilder<C> {
    builder.slow_poll(LIMIT)
}

const SAID: &str = "WARN a node held an executor thread, on which other requests wait: call what \
                    blocks in a plain `fn`, or mark one that computes `cpu`";

#[test]
fn whatever_holds_one_is_named_once_a_minute_with_its_place() {
    #[dependency]
    async fn holds_when_it_is_first_polled() -> u8 {
        sleep(LONG);
        1
    }
    #[dependency]
    async fn holds_when_it_is_polled_again() -> u8 {
        tokio::task::yield_now().await;
        sleep(LONG);
        1
    }
    #[dependency(inline)]
    fn holds_in_place() -> u8 {
        sleep(LONG);
        1
    }
    #[dependency]
    async fn holds_and_panics() -> u8 {
        sleep(LONG);
        panic!("a secret");
    }
    #[handler(inline)]
    fn handler_holds(
        _a: Depends<holds_when_it_is_first_polled>,
        _b: Depends<holds_when_it_is_polled_again>,
        _c: Depends<holds_in_place>,
    ) {
        sleep(LONG);
    }
    #[handler]
    async fn rejected(_holds: Depends<holds_and_panics>) {}

    heard::listen();
    in_each_app_with(watched, |app| async move {
        for is_named in [true, false] {
            assert_eq!(call_in(&app, handler_holds::handler).await, Ok(()));
            for node in [
                "holds_when_it_is_first_polled",
                "holds_when_it_is_polled_again",
                "holds_in_place",
                "handler_holds",
            ] {
                let place = heard::place_of(node);
                let in_this_file = place.is_some_and(|place| place.contains(file!()));
                assert_eq!(in_this_file, is_named, "{node}");
                assert_eq!(heard::about(node).len(), usize::from(is_named), "{node}");
            }
        }
        assert!(call_in(&app, rejected::handler).await.is_err());
        assert_eq!(heard::about("holds_and_panics"), [SAID]);
    });
}

#[test]
fn the_place_is_that_of_the_function() {
    const LINE: u32 = line!() + 2;
    #[dependency]
    async fn is_written_here() -> u8 {
        sleep(LONG);
        1
    }
    #[handler]
    async fn show(_holds: Depends<is_written_here>) {}

    heard::listen();
    in_each_app_with(watched, |app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        let place = heard::place_of("is_written_here");
        assert_eq!(place, Some(format!("{}:{LINE}", file!())));
        assert_eq!(heard::about("is_written_here"), [SAID]);
    });
}

#[test]
fn on_threads_that_may_block_nothing_is_named() {
    #[dependency]
    fn blocks_on_lane() -> u8 {
        sleep(LONG);
        1
    }
    #[dependency(cpu)]
    fn computes_on_cpu() -> u8 {
        sleep(LONG);
        1
    }
    #[dependency(inline)]
    fn is_inline_on_lane(_blocks: Depends<blocks_on_lane>) -> u8 {
        sleep(LONG);
        1
    }
    #[dependency]
    async fn is_polled_on_lane(_blocks: Depends<blocks_on_lane>) -> u8 {
        sleep(LONG);
        1
    }
    #[handler]
    fn show(_a: Depends<is_inline_on_lane>, _b: Depends<computes_on_cpu>) {
        sleep(LONG);
    }
    #[handler]
    fn show_polled(_polled: Depends<is_polled_on_lane>) {}

    heard::listen();
    let on_lane = |builder: AppBuilder| watched(builder).poll_on_lane(PollOnLane::Always);
    in_each_app_with(on_lane, |app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        for node in [
            "blocks_on_lane",
            "computes_on_cpu",
            "is_inline_on_lane",
            "show",
        ] {
            assert_eq!(heard::about(node), [""; 0]);
        }
    });
    // Of the two kinds of app only this one polls async functions there.
    on_each_runtime(|| async {
        let [concurrent, _] = both_kinds(on_lane);
        assert_eq!(call_in(&concurrent, show_polled::handler).await, Ok(()));
        assert_eq!(heard::about("is_polled_on_lane"), [""; 0]);
    });
}

#[test]
fn what_is_short_is_not_named() {
    #[dependency]
    async fn holds_it_for_less_than_an_hour() -> u8 {
        sleep(LONG);
        1
    }
    #[handler]
    async fn show(_holds: Depends<holds_it_for_less_than_an_hour>) {}

    heard::listen();
    let hour = |builder: AppBuilder| builder.slow_poll(Duration::from_secs(3_600));
    in_each_app_with(hour, |app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        assert_eq!(heard::about("holds_it_for_less_than_an_hour"), [""; 0]);
    });
}

#[test]
fn unless_set_it_is_50_milliseconds_in_debug_builds_and_off_in_others() {
    #[dependency]
    async fn holds_it_for_51_milliseconds() -> u8 {
        sleep(Duration::from_millis(51));
        1
    }
    #[handler]
    async fn show(_holds: Depends<holds_it_for_51_milliseconds>) {}

    heard::listen();
    in_each_app_with(
        |builder| builder,
        |app| async move {
            assert_eq!(call_in(&app, show::handler).await, Ok(()));
            let said = heard::about("holds_it_for_51_milliseconds");
            assert_eq!(said.len(), usize::from(cfg!(debug_assertions)));
        },
    );
}

#[test]
fn it_can_be_switched_off() {
    #[dependency]
    async fn holds_it_unwatched() -> u8 {
        sleep(Duration::from_millis(51));
        1
    }
    #[handler]
    async fn show(_holds: Depends<holds_it_unwatched>) {}

    heard::listen();
    let off = |builder: AppBuilder| builder.slow_poll(None);
    in_each_app_with(off, |app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        assert_eq!(heard::about("holds_it_unwatched"), [""; 0]);
    });
}

#[test]
fn so_is_what_ends_a_value_and_what_goes_on_in_the_background() {
    #[dependency(teardown = end)]
    async fn holds_in_its_end() -> u8 {
        1
    }
    async fn end(_: Depends<holds_in_its_end>, _: Outcome) {
        tokio::task::yield_now().await;
        sleep(LONG);
    }
    #[dependency(after_response = release)]
    async fn holds_when_it_is_released() -> u8 {
        1
    }
    fn release(_: Depends<holds_when_it_is_released>, _: Outcome) -> std::future::Ready<()> {
        sleep(LONG);
        std::future::ready(())
    }
    const LINE: u32 = line!() + 7;
    #[handler]
    async fn show(
        _end: Depends<holds_in_its_end>,
        _release: Depends<holds_when_it_is_released>,
        background: Depends<Background>,
    ) {
        background.add(async { sleep(LONG) });
    }

    const ENDS: &str = "WARN what ends a value held an executor thread, on which other requests wait: \
                        end it in a plain `fn` if that blocks";
    const WORKS: &str = "WARN work in the background held an executor thread, on which other requests \
                         wait: add what blocks as a closure";
    heard::listen();
    in_each_app_with(watched, |app| async move {
        for _ in 0..2 {
            assert_eq!(call_in(&app, show::handler).await, Ok(()));
        }
        is_over(&app).await;
        assert_eq!(heard::about("holds_in_its_end"), [ENDS]);
        assert_eq!(heard::about("holds_when_it_is_released"), [ENDS]);
        assert_eq!(heard::about(&format!("{}:{LINE}:", file!())), [WORKS]);
    });
}
