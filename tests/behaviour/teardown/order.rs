//! From the last value to the first, in declaration order, each once.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a function that ends a value takes a handle"
)]

use hueless::{App, Depends, Outcome, Provider, dependency, handler};

use crate::heard;
use crate::support::{Log, Signal, call_in, in_each_app, is_over, on_each_runtime};

/// A value that says when it is dropped.
struct Said(&'static Log, &'static str);

impl Drop for Said {
    fn drop(&mut self) {
        self.0.add(format!("drop-{}", self.1));
    }
}

impl Said {
    fn made(log: &'static Log, name: &'static str) -> Self {
        log.add(name);
        Self(log, name)
    }
}

fn end<D: Provider<Output = Said>>(value: Depends<D>, _: Outcome) {
    value.0.add(format!("end-{}", value.1));
}

async fn end_async<D: Provider<Output = Said>>(value: Depends<D>, _: Outcome) {
    value.0.add(format!("end-{}", value.1));
    tokio::task::yield_now().await;
    value.0.add(format!("ended-{}", value.1));
}

#[test]
fn a_diamond_of_all_colours_is_torn_down_and_dropped_from_the_bottom_to_the_top() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end_async::<top>)]
    async fn top() -> Said {
        Said::made(&LOG, "top")
    }
    #[dependency(teardown = end::<left>)]
    fn left(_top: Depends<top>) -> Said {
        Said::made(&LOG, "left")
    }
    #[dependency(inline, teardown = end_async::<right>)]
    fn right(_top: Depends<top>, _left: Depends<left>) -> Said {
        Said::made(&LOG, "right")
    }
    #[dependency]
    async fn only_dropped(_right: Depends<right>) -> Said {
        Said::made(&LOG, "only-dropped")
    }
    #[dependency(cpu, teardown = end::<bottom>)]
    fn bottom(_l: Depends<left>, _r: Depends<right>, _o: Depends<only_dropped>) -> Said {
        Said::made(&LOG, "bottom")
    }
    #[dependency(teardown = end_page)]
    struct Page {
        bottom: Depends<bottom>,
    }
    fn end_page(page: Depends<Page>, _: Outcome) {
        LOG.add(format!("end-page-of-{}", page.bottom.1));
    }
    #[handler]
    async fn show(_page: Depends<Page>, _top: Depends<top>) {
        LOG.add("handler");
    }
    #[handler]
    fn show_plain(_page: Depends<Page>, _top: Depends<top>) {
        LOG.add("handler");
    }

    in_each_app(|app| async move {
        for answer in [
            call_in(&app, show::handler).await,
            call_in(&app, show_plain::handler).await,
        ] {
            assert_eq!(answer, Ok(()));
        }
        is_over(&app).await;
        let once = "top left right only-dropped bottom handler \
                    end-page-of-bottom end-bottom drop-bottom drop-only-dropped \
                    end-right ended-right drop-right \
                    end-left drop-left \
                    end-top ended-top drop-top";
        assert_eq!(LOG.take(), format!("{once} {once}"));
    });
}

#[test]
fn it_is_declaration_order_that_is_reversed_not_the_order_in_which_values_were_made() {
    static LOG: Log = Log::new();
    static LAST_IS_MADE: Signal = Signal::new();

    #[dependency(teardown = end_async::<first>)]
    async fn first() -> Said {
        LAST_IS_MADE.wait().await;
        Said::made(&LOG, "first")
    }
    #[dependency(teardown = end::<second>)]
    fn second() -> Said {
        LAST_IS_MADE.wait_blocking();
        Said::made(&LOG, "second")
    }
    #[dependency(teardown = end::<last>)]
    fn last() -> Said {
        let said = Said::made(&LOG, "last");
        LAST_IS_MADE.give();
        said
    }
    #[handler]
    async fn show(_first: Depends<first>, _second: Depends<second>, _last: Depends<last>) {
        // The two that waited were made in either order.
        assert!(LOG.take().starts_with("last "));
    }

    on_each_runtime(|| async {
        LAST_IS_MADE.reset();
        let app = App::new();
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "end-last drop-last end-second drop-second end-first ended-first drop-first"
        );
    });
}

#[test]
fn guards_come_first_and_so_they_end_last() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end::<db>)]
    fn db() -> Said {
        Said::made(&LOG, "db")
    }
    #[dependency(guard, teardown = end_async::<user>)]
    async fn user() -> Said {
        Said::made(&LOG, "user")
    }
    #[dependency(teardown = end::<required>)]
    fn required() -> Said {
        Said::made(&LOG, "required")
    }
    #[handler(requires(required))]
    fn show(_db: Depends<db>, _user: Depends<user>) {}

    in_each_app(|app| async move {
        assert_eq!(call_in(&app, show::handler).await, Ok(()));
        is_over(&app).await;
        assert_eq!(
            LOG.take(),
            "required user db end-db drop-db end-user ended-user drop-user \
             end-required drop-required"
        );
    });
}

#[test]
fn only_what_was_made_is_torn_down() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end::<made>)]
    fn made() -> Said {
        Said::made(&LOG, "made")
    }
    #[dependency(teardown = end_broken::<broken>)]
    fn broken(_made: Depends<made>) -> Result<Said, String> {
        Err("broken".to_owned())
    }
    fn end_broken<D: Provider<Output = Said>>(_: Depends<D>, _: Outcome) -> Result<(), String> {
        LOG.add("end-broken");
        Ok(())
    }
    #[dependency(teardown = end::<never>)]
    fn never(_broken: Depends<broken>) -> Said {
        Said::made(&LOG, "never")
    }
    #[handler]
    async fn show(_never: Depends<never>) {}

    in_each_app(|app| async move {
        let answer = call_in(&app, show::handler).await;
        assert_eq!(answer, Err("broken".to_owned()));
        is_over(&app).await;
        assert_eq!(LOG.take(), "made end-made drop-made");
    });
}

#[test]
fn nodes_are_gone_with_all_that_they_held_before_anything_is_torn_down() {
    static LOG: Log = Log::new();

    #[dependency(teardown = end::<alone>)]
    fn alone() -> Said {
        Said(&LOG, "value")
    }
    /// Holds a handle for as long as it lives.
    #[dependency(transient)]
    fn holder(alone: Depends<alone>) -> (Depends<alone>, Said) {
        (alone, Said(&LOG, "holder"))
    }
    #[handler]
    async fn is_async(alone: Depends<alone>, _holder: Depends<holder>) {
        let _held = (alone, Said(&LOG, "handler"));
        tokio::task::yield_now().await;
    }
    #[handler]
    fn is_plain(alone: Depends<alone>, _holder: Depends<holder>) {
        let _held = (alone, Said(&LOG, "handler"));
    }

    heard::listen();
    in_each_app(|app| async move {
        assert_eq!(call_in(&app, is_async::handler).await, Ok(()));
        assert_eq!(call_in(&app, is_plain::handler).await, Ok(()));
        is_over(&app).await;
        let once = "drop-handler drop-holder end-value drop-value";
        assert_eq!(LOG.take(), format!("{once} {once}"));
        assert_eq!(heard::about("alone"), [""; 0], "nobody outlives it");
    });
}

#[test]
fn a_teardown_does_not_wait_for_who_took_the_value_elsewhere_and_says_so_once() {
    static LOG: Log = Log::new();
    static GO_ON: Signal = Signal::new();

    #[dependency(teardown = end::<outlived>)]
    fn outlived() -> Said {
        Said(&LOG, "value")
    }
    #[handler]
    async fn show(outlived: Depends<outlived>) -> tokio::task::JoinHandle<()> {
        tokio::spawn(async move {
            GO_ON.wait().await;
            LOG.add("used");
            drop(outlived);
        })
    }

    heard::listen();
    in_each_app(|app| async move {
        for is_said in [true, false] {
            GO_ON.reset();
            let task = call_in(&app, show::handler).await.expect("it cannot fail");
            assert_eq!(LOG.take(), "end-value");
            GO_ON.give();
            task.await.expect("no panic");
            assert_eq!(LOG.take(), "used drop-value");
            let said = heard::about("outlived");
            assert_eq!(said.len(), usize::from(is_said), "{said:?}");
            assert!(
                said.iter().all(|said| said.ends_with("handles=1")),
                "{said:?}"
            );
        }
        is_over(&app).await;
    });
}
