//! What is said of a plain dependency that ends after its time, or in time.

use std::time::Duration;

use hueless::{Depends, dependency, handler};

use super::failure;
use crate::heard;
use crate::support::{Signal, both_kinds, call_in, in_each_app, is_over, on_a_paused_clock};

#[test]
fn its_late_error_is_logged() {
    static GO_ON: Signal = Signal::new();

    #[dependency(timeout = "1ms")]
    fn fails_late() -> Result<u8, &'static str> {
        GO_ON.wait_blocking();
        Err("late")
    }
    #[dependency(timeout = "1ms")]
    fn panics_late() -> u8 {
        GO_ON.wait_blocking();
        panic!("a secret");
    }
    #[handler]
    async fn show(_fails: Depends<fails_late>) {}
    #[handler]
    fn show_panic(_panics: Depends<panics_late>) {}

    heard::listen();
    in_each_app(|app| async move {
        GO_ON.reset();
        assert!(failure(&app, show::handler).await.is_timeout());
        assert!(failure(&app, show_panic::handler).await.is_timeout());
        GO_ON.give();
        is_over(&app).await;
        for node in ["fails_late", "panics_late"] {
            let said = heard::about(node);
            assert_eq!(said.len(), 1, "{said:?}");
            assert!(said[0].contains("a node failed, but"), "{said:?}");
        }
    });
}

#[test]
fn of_one_that_was_in_time_nothing_is_said_when_its_time_is_over() {
    #[dependency(timeout = "1s")]
    fn was_in_time() -> u8 {
        1
    }
    #[dependency(timeout = "1s")]
    async fn was_in_time_too(_before: Depends<was_in_time>) -> u8 {
        tokio::task::yield_now().await;
        1
    }
    #[handler]
    async fn show(_a: Depends<was_in_time>, _b: Depends<was_in_time_too>) {
        tokio::time::sleep(Duration::from_secs(60)).await;
    }

    heard::listen();
    on_a_paused_clock(|| async {
        for app in both_kinds(|builder| builder) {
            assert_eq!(call_in(&app, show::handler).await, Ok(()));
            assert_eq!(heard::about("was_in_time"), [""; 0]);
            assert_eq!(heard::about("was_in_time_too"), [""; 0]);
        }
    });
}
