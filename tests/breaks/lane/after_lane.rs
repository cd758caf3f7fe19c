//! What comes after responses, and requests, keep each other from no thread.

use hueless::{
    App, Background, BlockingStream, Call, Depends, Outcome, blocking_stream, dependency, handler,
};

use super::{is_idle, together, until};
use crate::occupied::{Occupant, one_thread};
use crate::support::{Log, Signal, in_each_app_with, is_over};
use futures_util::StreamExt;

#[handler]
fn ping() -> &'static str {
    "pong"
}

/// Stops in the middle until it is let go on.
struct Rows {
    row: u8,
    stops: &'static Signal,
    go_on: &'static Signal,
}

impl Iterator for Rows {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        self.row += 1;
        if self.row == 3 {
            self.stops.give();
            self.go_on.wait_blocking();
        }
        (self.row < 6).then_some(self.row)
    }
}

/// A lane for everything: a download takes a thread of requests for as long as it goes on.
#[test]
fn a_long_stream_keeps_no_request_from_its_thread() {
    static STOPS: Signal = Signal::new();
    static GO_ON: Signal = Signal::new();

    #[handler]
    fn download() -> BlockingStream<u8> {
        blocking_stream(Rows {
            row: 0,
            stops: &STOPS,
            go_on: &GO_ON,
        })
    }

    in_each_app_with(one_thread, |app| async move {
        STOPS.reset();
        GO_ON.reset();
        let mut rows = app
            .run(download::handler, Call::new())
            .await
            .expect("no failure");
        assert_eq!(rows.next().await, Some(1));
        STOPS.wait().await;
        let requests = (0..20).map(|_| app.run(ping::handler, Call::new()));
        for result in together(requests).await {
            assert_eq!(result.expect("no failure"), "pong");
        }
        assert_eq!(until(&app, |stats| stats.seats == 0).await.working, 1);
        GO_ON.give();
        assert_eq!(rows.collect::<Vec<u8>>().await, [2, 3, 4, 5]);
        until(&app, is_idle).await;
    });
}

/// And the other way round: a client that is being served does not wait behind new requests.
#[test]
fn what_comes_after_a_response_does_not_wait_for_requests() {
    static LOG: Log = Log::new();
    static OCCUPIED: Signal = Signal::new();
    static FREE: Signal = Signal::new();

    #[dependency(inline, after_response = release)]
    fn connection() -> () {}
    fn release(_connection: Depends<connection>, outcome: Outcome) {
        LOG.add(format!("release-{outcome}"));
    }
    #[handler]
    async fn download(
        _connection: Depends<connection>,
        background: Depends<Background>,
    ) -> BlockingStream<u8> {
        background.add(|| LOG.add("background"));
        blocking_stream(1..=200)
    }

    in_each_app_with(one_thread, |app| async move {
        let occupant = Occupant::of(&app, &OCCUPIED, &FREE).await;
        let rows = app
            .run(download::handler, Call::new())
            .await
            .expect("no failure");
        assert_eq!(rows.count().await, 200);
        while !LOG.contains("release-completed") {
            tokio::task::yield_now().await;
        }
        assert_eq!(LOG.take(), "background release-completed");
        assert_eq!(app.stats().seats, 1);
        FREE.give();
        occupant.leaves().await;
        is_over(&app).await;
    });
}

/// More streams than there are threads: who reads slowly keeps none.
#[test]
fn streams_that_nobody_reads_keep_no_thread() {
    #[handler]
    async fn download() -> BlockingStream<usize> {
        blocking_stream(0..1_000)
    }

    in_each_app_with(one_thread, |app: App| async move {
        let mut unread = Vec::new();
        for _ in 0..20 {
            let rows = app.run(download::handler, Call::new()).await;
            let mut rows = Box::pin(rows.expect("no failure"));
            assert_eq!(rows.next().await, Some(0));
            unread.push(rows);
        }
        let rows = app.run(download::handler, Call::new()).await;
        assert_eq!(rows.expect("no failure").count().await, 1_000);
        drop(unread);
        until(&app, is_idle).await;
    });
}
