//! A panic in any node is a rejection, and nothing else.

use hueless::{App, Call, Depends, Failure, dependency, handler};

use crate::support::{call, on_each_runtime};

#[dependency]
async fn awaits() -> () {
    tokio::task::yield_now().await;
    panic!("secret");
}
#[dependency]
fn blocks() -> () {
    panic!("secret");
}
#[dependency(inline)]
fn computes() -> () {
    panic!("secret");
}
#[dependency(cpu)]
fn computes_long() -> () {
    panic!("secret");
}

#[handler]
async fn needs_async(_a: Depends<awaits>) {}
#[handler]
fn needs_plain(_a: Depends<blocks>) {}
#[handler(inline)]
fn needs_inline(_a: Depends<computes>) {}
#[handler(cpu)]
fn needs_cpu(_a: Depends<computes_long>) {}
#[handler]
async fn is_async() {
    panic!("secret");
}
#[handler]
fn is_plain() {
    panic!("secret");
}
#[handler(inline)]
fn is_inline() {
    panic!("secret");
}
#[handler(cpu)]
fn is_cpu() {
    panic!("secret");
}
#[handler(sequential)]
async fn needs_async_sequentially(_a: Depends<awaits>) {}
#[handler(sequential)]
fn needs_plain_sequentially(_a: Depends<blocks>) {}

#[test]
fn a_panic_in_any_colour_is_a_rejection_that_does_not_tell_why() {
    on_each_runtime(|| async {
        let panicked = |node: &str| Err(format!("`{node}` panicked"));
        assert_eq!(call(needs_async::handler).await, panicked("awaits"));
        assert_eq!(call(needs_plain::handler).await, panicked("blocks"));
        assert_eq!(call(needs_inline::handler).await, panicked("computes"));
        assert_eq!(call(needs_cpu::handler).await, panicked("computes_long"));
        assert_eq!(call(is_async::handler).await, panicked("is_async"));
        assert_eq!(call(is_plain::handler).await, panicked("is_plain"));
        assert_eq!(call(is_inline::handler).await, panicked("is_inline"));
        assert_eq!(call(is_cpu::handler).await, panicked("is_cpu"));
        assert_eq!(
            call(needs_async_sequentially::handler).await,
            panicked("awaits")
        );
        assert_eq!(
            call(needs_plain_sequentially::handler).await,
            panicked("blocks")
        );

        let error = App::new()
            .run(is_plain::handler, Call::new())
            .await
            .unwrap_err();
        assert!(
            error
                .downcast_ref::<Failure>()
                .is_some_and(Failure::is_panic)
        );
    });
}

#[test]
fn a_value_that_panics_when_it_is_dropped_harms_nobody() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            if !std::thread::panicking() {
                panic!("secret");
            }
        }
    }
    #[dependency]
    fn bomb() -> Bomb {
        Bomb
    }
    #[dependency]
    async fn holds_one(_bomb: Depends<bomb>) -> () {
        let _held = Bomb;
        std::future::pending::<()>().await;
    }
    #[dependency]
    async fn fails() -> Result<(), &'static str> {
        Err("failed")
    }
    #[handler]
    async fn show(_bomb: Depends<bomb>) -> u8 {
        1
    }
    #[handler]
    async fn rejected(_fails: Depends<fails>, _holds: Depends<holds_one>) {}

    on_each_runtime(|| async {
        assert_eq!(call(show::handler).await, Ok(1));
        assert_eq!(call(rejected::handler).await, Err("failed".to_owned()));
    });
}
