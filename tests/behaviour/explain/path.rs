//! What the answer had to wait for.

use hueless::{App, Depends, dependency, handler};

use super::{explained, explaining};
use crate::support::{Signal, call_in, on_each_runtime};

#[test]
fn the_path_ends_where_the_answer_was_decided() {
    static QUICK: Signal = Signal::new();

    #[dependency]
    async fn slow_failure() -> Result<u8, String> {
        QUICK.wait().await;
        Err("late".to_owned())
    }
    #[dependency]
    async fn quick() -> u8 {
        QUICK.give();
        1
    }
    #[handler]
    async fn show(slow: Depends<slow_failure>, quick: Depends<quick>) -> u8 {
        *slow + *quick
    }

    on_each_runtime(|| async {
        QUICK.reset();
        let (app, explanations) = explaining(App::builder());
        assert!(call_in(&app, show::handler).await.is_err());
        let explanation = explanations.wait_for_next().await;
        let path: Vec<_> = explanation.critical_path().map(|node| node.name).collect();
        assert_eq!(path, ["slow_failure"]);
    });
}

#[test]
fn what_runs_one_after_another_waits_for_each_other() {
    #[dependency]
    async fn first() -> u8 {
        tokio::task::yield_now().await;
        1
    }
    #[dependency]
    async fn second() -> u8 {
        tokio::task::yield_now().await;
        1
    }
    #[handler(sequential)]
    async fn show(first: Depends<first>, second: Depends<second>) -> u8 {
        *first + *second
    }

    explained(|app, explanations| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(2));
        let explanation = explanations.wait_for_next().await;
        let path: Vec<_> = explanation.critical_path().map(|node| node.name).collect();
        assert_eq!(path, ["first", "second", "show"]);
        assert!(explanation.to_string().contains(", after first\n"));
    });
}
