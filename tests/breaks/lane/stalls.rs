//! When nothing goes on any more, one thread more is started.

use std::time::Duration;

use hueless::{AppBuilder, Call, Depends, dependency, handler};

use super::{Meeting, is_idle, together, until};
use crate::support::{Signal, in_each_app_with};

const STALL: Duration = Duration::from_millis(1);

#[test]
fn threads_that_wait_for_each_other_get_one_more_at_a_time() {
    static MEETING: Meeting = Meeting::new();

    #[handler]
    fn meets() {
        MEETING.of(3);
    }

    let settings = |builder: AppBuilder| builder.blocking_limit(1).seats(3).stall(STALL);
    in_each_app_with(settings, |app| async move {
        let requests = (0..3).map(|_| app.run(meets::handler, Call::new()));
        assert!(together(requests).await.iter().all(Result::is_ok));
        let stats = until(&app, is_idle).await;
        assert_eq!((stats.stalls, stats.threads), (2, 3), "{stats:?}");
    });
}

#[test]
fn there_are_never_more_threads_than_seats() {
    static FREE: Signal = Signal::new();

    macro_rules! blocking {
        ($($name:ident)*) => { $(
            #[dependency]
            fn $name() -> u8 {
                FREE.wait_blocking();
                1
            }
        )* };
    }
    blocking!(a b c d);
    #[handler]
    async fn sum(a: Depends<a>, b: Depends<b>, c: Depends<c>, d: Depends<d>) -> u8 {
        *a + *b + *c + *d
    }

    let settings = |builder: AppBuilder| builder.blocking_limit(1).seats(2).stall(STALL);
    crate::support::on_each_runtime(|| async {
        let app = settings(hueless::App::builder()).build();
        let app = app.expect("nothing is set wrongly");
        FREE.reset();
        let requests = (0..3).map(|_| app.run(sum::handler, Call::new()));
        let requests = tokio::spawn(together(requests.collect::<Vec<_>>()));
        until(&app, |stats| stats.working == 2).await;
        tokio::time::sleep(STALL * 20).await;
        let stats = app.stats();
        let seats = (stats.seats, stats.waiting_for_seats);
        assert_eq!((stats.working, stats.threads), (2, 2), "{stats:?}");
        assert_eq!(stats.stalls, 1, "{stats:?}");
        assert_eq!((seats, stats.waiting), ((2, 1), 6), "{stats:?}");
        FREE.give();
        for result in requests.await.expect("no panic") {
            assert_eq!(result.expect("no failure"), 4);
        }
        let stats = until(&app, is_idle).await;
        assert_eq!(stats.threads, 2, "{stats:?}");
    });
}

/// What makes the threads go on is behind them in the queue.
#[test]
fn who_is_waited_for_gets_a_thread_though_all_are_taken() {
    static GIVEN: Signal = Signal::new();

    #[handler]
    fn takes() -> u8 {
        GIVEN.wait_blocking();
        1
    }
    #[handler]
    fn gives() -> u8 {
        GIVEN.give();
        1
    }

    let settings = |builder: AppBuilder| builder.blocking_limit(4).seats(16).stall(STALL);
    in_each_app_with(settings, |app| async move {
        GIVEN.reset();
        let takes = (0..12).map(|_| app.run(takes::handler, Call::new()));
        let takes = tokio::spawn(together(takes.collect::<Vec<_>>()));
        until(&app, |stats| stats.seats == 12).await;
        let gives = app.run(gives::handler, Call::new()).await;
        assert_eq!(gives.expect("no failure"), 1);
        for result in takes.await.expect("no panic") {
            assert_eq!(result.expect("no failure"), 1);
        }
        let stats = until(&app, is_idle).await;
        assert!(stats.threads <= 16, "{stats:?}");
        assert!(stats.stalls > 0, "{stats:?}");
    });
}
