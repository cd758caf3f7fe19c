//! How a stream over a blocking iterator ends.

use futures_util::{FutureExt, StreamExt};
use hueless::AppBuilder;

use super::{AHEAD, Items, becomes, is_after_lane, stream_of};
use crate::occupied::one_thread;
use crate::support::{Log, SaysWhenDropped, Signal, in_each_app_with};

#[test]
fn the_iterator_is_called_and_dropped_on_a_thread_of_the_after_lane() {
    static LOG: Log = Log::new();

    struct Rows(usize);
    impl Iterator for Rows {
        type Item = usize;
        fn next(&mut self) -> Option<usize> {
            assert!(is_after_lane());
            self.0 += 1;
            (self.0 < 1_000).then_some(self.0)
        }
    }
    impl Drop for Rows {
        fn drop(&mut self) {
            LOG.add(format!("dropped-{}", is_after_lane()));
        }
    }

    in_each_app_with(one_thread, |app| async move {
        // To its end, in the middle while it rests, and before it was read.
        for read in [2_000, 10, 0] {
            let stream = stream_of(&app, || Box::new(Rows(0))).await;
            let items = stream.take(read).collect::<Vec<_>>().await;
            assert_eq!(items.len(), read.min(999));
            becomes(|| LOG.contains("dropped-true")).await;
            assert_eq!(LOG.take(), "dropped-true");
        }
    });
}

#[test]
fn a_stream_that_is_dropped_ends_its_iterator_after_the_item_that_it_is_at() {
    static LOG: Log = Log::new();
    static AT_IT: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    struct Rows(
        usize,
        #[expect(dead_code, reason = "it is dropped")] SaysWhenDropped,
    );
    impl Iterator for Rows {
        type Item = usize;
        fn next(&mut self) -> Option<usize> {
            self.0 += 1;
            if self.0 == 3 {
                AT_IT.give();
                GO_ON.wait_blocking();
            }
            LOG.add(self.0.to_string());
            Some(self.0)
        }
    }

    in_each_app_with(one_thread, |app| async move {
        AT_IT.reset();
        GO_ON.reset();
        let rows = || -> Items<usize> { Box::new(Rows(0, SaysWhenDropped(&LOG, "dropped"))) };
        let mut stream = stream_of(&app, rows).await;
        assert_eq!(stream.next().await, Some(1));
        AT_IT.wait().await;
        drop(stream);
        assert_eq!(LOG.take(), "1 2");
        GO_ON.give();
        becomes(|| LOG.contains("dropped")).await;
        assert_eq!(LOG.take(), "3 dropped");
        becomes(|| app.stats().working == 0).await;
    });
}

#[test]
fn a_panic_goes_on_at_the_reader_after_the_items_before_it() {
    in_each_app_with(one_thread, |app| async move {
        let panics =
            || -> Items<usize> { Box::new((0..100).inspect(|item| assert!(*item < 70, "at 70"))) };
        let mut stream = stream_of(&app, panics).await;
        for item in 0..70 {
            assert_eq!(stream.next().await, Some(item));
        }
        let next = std::panic::AssertUnwindSafe(stream.next()).catch_unwind();
        let panic = next.await.expect_err("it goes on with the panic");
        assert_eq!(panic.downcast_ref::<&str>(), Some(&"at 70"));
        assert_eq!(stream.next().await, None, "and ends");
        // The thread is there for the next one.
        let stream = stream_of(&app, || Box::new(0..10)).await;
        assert_eq!(stream.count().await, 10);
        assert_eq!(app.stats().threads, 2);
    });
}

#[test]
fn an_iterator_that_panics_when_it_is_dropped_harms_nobody() {
    struct Rows(usize);
    impl Iterator for Rows {
        type Item = usize;
        fn next(&mut self) -> Option<usize> {
            self.0 += 1;
            (self.0 < 3).then_some(self.0)
        }
    }
    impl Drop for Rows {
        fn drop(&mut self) {
            panic!("in a destructor");
        }
    }

    in_each_app_with(one_thread, |app| async move {
        let stream = stream_of(&app, || Box::new(Rows(0))).await;
        assert_eq!(stream.collect::<Vec<_>>().await, [1, 2]);
        let stream = stream_of(&app, || Box::new(0..10)).await;
        assert_eq!(stream.count().await, 10);
    });
}

/// A thread that has just let the iterator rest is still on its way out when the next one has it.
#[test]
fn a_thread_that_leaves_late_does_not_end_the_stream() {
    static READ: Signal = Signal::new();
    static AT_IT: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    /// Dropped, on a thread of the after lane, when that has let the iterator rest.
    #[derive(Clone)]
    struct Local;
    impl Drop for Local {
        fn drop(&mut self) {
            if is_after_lane() && !READ.is_given() {
                READ.wait_blocking();
            }
        }
    }
    tokio::task_local! {
        static LOCAL: Local;
    }

    let settings = |builder: AppBuilder| builder.propagate(&LOCAL).after_limit(2);
    in_each_app_with(settings, |app| async move {
        for signal in [&READ, &AT_IT, &GO_ON] {
            signal.reset();
        }
        let items = || -> Items<usize> {
            Box::new((0..AHEAD + 1).inspect(|item| {
                if *item == AHEAD {
                    AT_IT.give();
                    GO_ON.wait_blocking();
                }
            }))
        };
        let mut stream = LOCAL.scope(Local, stream_of(&app, items)).await;
        for item in 0..AHEAD {
            assert_eq!(stream.next().await, Some(item));
        }
        AT_IT.wait().await;
        READ.give();
        becomes(|| app.stats().working == 1).await;
        let mut last = Box::pin(stream.next());
        assert!(futures_util::poll!(&mut last).is_pending());
        GO_ON.give();
        assert_eq!(last.await, Some(AHEAD));
    });
}
