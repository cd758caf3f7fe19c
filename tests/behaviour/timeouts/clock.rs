//! What counts: the time from when a node starts to run.

use std::time::Duration;

use hueless::{App, Depends, dependency, handler};
use tokio::time::sleep;

use super::failure;
use crate::occupied::{Occupant, one_thread};
use crate::support::{Signal, both_kinds, call_in, on_a_paused_clock};

const SECOND: Duration = Duration::from_secs(1);

#[test]
fn to_the_millisecond() {
    #[dependency(timeout = "5s")]
    async fn in_time() -> u8 {
        sleep(Duration::from_millis(4_999)).await;
        1
    }
    #[dependency(timeout = "5s")]
    async fn too_late() -> u8 {
        sleep(Duration::from_millis(5_001)).await;
        1
    }
    #[handler]
    async fn show(in_time: Depends<in_time>) -> u8 {
        *in_time
    }
    #[handler]
    async fn show_late(_too_late: Depends<too_late>) {}

    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder) {
            assert_eq!(call_in(&app, show::handler).await, Ok(1));
            let failure = failure(&app, show_late::handler).await;
            assert_eq!(failure.to_string(), "`too_late` took longer than 5s");
        }
    });
}

#[test]
fn waiting_for_others_does_not_count() {
    #[dependency]
    async fn slow() -> u8 {
        sleep(10 * SECOND).await;
        1
    }
    #[dependency(timeout = "5s")]
    async fn patient(slow: Depends<slow>) -> u8 {
        sleep(4 * SECOND).await;
        *slow
    }
    #[dependency(timeout = "5s")]
    fn plain_and_patient(patient: Depends<patient>) -> u8 {
        *patient
    }
    #[dependency(transient, timeout = "5s")]
    async fn each() -> u8 {
        sleep(4 * SECOND).await;
        1
    }
    #[dependency(timeout = "5s")]
    async fn one(each: Depends<each>) -> u8 {
        *each
    }
    #[dependency(timeout = "5s")]
    async fn other(each: Depends<each>, one: Depends<one>) -> u8 {
        *each + *one
    }
    #[handler]
    async fn show(_plain: Depends<plain_and_patient>, other: Depends<other>) -> u8 {
        *other
    }

    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder) {
            assert_eq!(call_in(&app, show::handler).await, Ok(2));
        }
    });
}

#[test]
fn waiting_for_a_thread_does_not_count() {
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    #[dependency(timeout = "5s")]
    fn patient() -> u8 {
        1
    }
    #[handler]
    fn show(patient: Depends<patient>) -> u8 {
        *patient
    }

    let mut runtime = tokio::runtime::Builder::new_current_thread();
    let runtime = runtime.enable_all().start_paused(true).build();
    runtime.expect("a runtime starts").block_on(async {
        for app in both_kinds(one_thread) {
            let occupant = Occupant::of(&app, &OCCUPIED, &FREE).await;
            let mut request = std::pin::pin!(call_in(&app, show::handler));
            assert!(futures_util::poll!(&mut request).is_pending());
            tokio::time::advance(60 * SECOND).await;
            assert!(futures_util::poll!(&mut request).is_pending());
            FREE.give();
            occupant.leaves().await;
            assert_eq!(request.await, Ok(1));
        }
    });
}

#[test]
fn a_failure_that_stands_before_it_wins_though_it_comes_later() {
    #[dependency]
    async fn fails() -> Result<u8, &'static str> {
        sleep(10 * SECOND).await;
        Err("earlier")
    }
    #[dependency(timeout = "5s")]
    async fn takes_too_long() -> u8 {
        std::future::pending().await
    }
    #[handler]
    async fn show(_fails: Depends<fails>, _too_long: Depends<takes_too_long>) {}

    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder) {
            let answer = call_in(&app, show::handler).await;
            assert_eq!(answer, Err("earlier".to_owned()));
        }
    });
}

#[test]
fn a_failure_that_stands_after_it_loses_though_it_comes_at_once() {
    #[dependency(timeout = "5s")]
    async fn takes_too_long() -> u8 {
        std::future::pending().await
    }
    #[dependency(singleton, timeout = "5s")]
    async fn pool() -> u8 {
        std::future::pending().await
    }
    #[dependency(transient, timeout = "5s")]
    async fn settings() -> u8 {
        std::future::pending().await
    }
    #[dependency(singleton)]
    async fn cache(_settings: Depends<settings>) -> u8 {
        1
    }
    #[dependency(inline)]
    fn fails() -> Result<u8, &'static str> {
        Err("later")
    }
    #[handler]
    async fn show(_too_long: Depends<takes_too_long>, _fails: Depends<fails>) {}
    #[handler]
    async fn show_pool(_pool: Depends<pool>, _fails: Depends<fails>) {}
    #[handler]
    async fn show_cache(_cache: Depends<cache>, _fails: Depends<fails>) {}

    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder) {
            let of_dependency = failure(&app, show::handler).await;
            assert_eq!(
                of_dependency.to_string(),
                "`takes_too_long` took longer than 5s"
            );
            let of_singleton = failure(&app, show_pool::handler).await;
            assert_eq!(of_singleton.to_string(), "`pool` took longer than 5s");
            let behind_singleton = failure(&app, show_cache::handler).await;
            assert_eq!(
                behind_singleton.to_string(),
                "`settings` took longer than 5s"
            );
        }
    });
}

#[test]
fn of_two_that_take_too_long_the_first_in_declaration_order_is_named() {
    #[dependency(timeout = "5s")]
    async fn first() -> u8 {
        std::future::pending().await
    }
    #[dependency(timeout = "1s")]
    async fn second() -> u8 {
        std::future::pending().await
    }
    #[handler]
    async fn show(_first: Depends<first>, _second: Depends<second>) {}

    on_a_paused_clock(|| async {
        let failure = failure(&App::new(), show::handler).await;
        assert_eq!(failure.to_string(), "`first` took longer than 5s");
    });
}
