//! Blocking code that awaits.

use hueless::{App, Call, Depends, PollOnLane, block_on, dependency, handler};

use crate::support::{call, call_in, on_each_runtime};

async fn answer() -> u8 {
    tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    42
}

#[test]
fn a_plain_function_may_wait_for_a_future() {
    #[handler]
    fn waits() -> u8 {
        block_on(answer())
    }

    on_each_runtime(|| async {
        assert_eq!(call(waits::handler).await, Ok(42));
    });
}

#[test]
fn a_plain_function_may_run_another_handler() {
    #[dependency]
    fn doubled() -> u8 {
        block_on(answer()) * 2
    }
    #[handler]
    fn inner(doubled: Depends<doubled>) -> u8 {
        *doubled
    }
    #[handler]
    fn outer() -> u8 {
        block_on(App::current().run(inner::handler, Call::new())).unwrap()
    }

    on_each_runtime(|| async {
        assert_eq!(call(outer::handler).await, Ok(84));
    });
}

#[test]
fn on_a_thread_that_drives_tasks_it_panics_and_says_what_to_do() {
    on_each_runtime(|| async {
        let panic = std::panic::catch_unwind(|| block_on(answer())).unwrap_err();
        let message = panic.downcast_ref::<String>().unwrap();
        assert!(
            message.contains("write `async fn` and `.await`"),
            "{message}"
        );
    });
}

#[test]
fn a_panic_of_the_future_goes_on_as_it_is() {
    #[handler]
    fn waits() -> &'static str {
        let fails = || block_on(async { panic!("its own") });
        let panic = std::panic::catch_unwind(fails).unwrap_err();
        panic.downcast_ref::<&str>().copied().unwrap()
    }

    on_each_runtime(|| async {
        assert_eq!(call(waits::handler).await, Ok("its own"));
    });
}

#[test]
fn outside_of_a_runtime_it_panics_and_says_so() {
    let panic = std::panic::catch_unwind(|| block_on(async {})).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    assert!(message.contains("needs a tokio runtime"), "{message}");
}

#[test]
fn an_async_function_may_not_block_on_any_schedule() {
    #[dependency]
    fn first() -> u8 {
        1
    }
    #[dependency]
    async fn waits(_first: Depends<first>) -> u8 {
        block_on(answer())
    }
    #[dependency(inline)]
    fn waits_inline(_first: Depends<first>) -> u8 {
        block_on(answer())
    }
    #[handler]
    fn show(waits: Depends<waits>) -> u8 {
        *waits
    }
    #[handler]
    fn show_inline(waits: Depends<waits_inline>) -> u8 {
        *waits
    }

    on_each_runtime(|| async {
        for poll_on_lane in [PollOnLane::Always, PollOnLane::Never] {
            let app = App::builder()
                .poll_on_lane(poll_on_lane)
                .build()
                .expect("nothing is set wrongly");
            let panicked = |node: &str| Err(format!("`{node}` panicked"));
            assert_eq!(call_in(&app, show::handler).await, panicked("waits"));
            assert_eq!(
                call_in(&app, show_inline::handler).await,
                panicked("waits_inline")
            );
        }
    });
}
