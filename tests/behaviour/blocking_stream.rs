//! A stream over a blocking iterator.

mod ends;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use hueless::{App, BlockingStream, Call, Input, blocking_stream, handler};
use tracing::Instrument;

use crate::heard::{self, span_here};
use crate::occupied::one_thread;
use crate::support::{
    Log, PATIENCE, Signal, in_each_app, in_each_app_with, is_over, on_each_runtime,
};

/// What is read ahead at most.
const AHEAD: usize = 64;

type Items<T> = Box<dyn Iterator<Item = T> + Send>;

/// A stream over an iterator that a test gives.
#[handler]
fn stream(Input(make): Input<fn() -> Items<usize>>) -> BlockingStream<usize> {
    blocking_stream(make())
}

async fn stream_of(app: &App, make: fn() -> Items<usize>) -> BlockingStream<usize> {
    let stream = app.run(stream::handler, Call::new().with(make)).await;
    stream.expect("no failure")
}

async fn becomes(is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "it becomes so in time");
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn is_after_lane() -> bool {
    thread::current().name() == Some("hueless-after")
}

#[test]
fn all_items_come_in_order_and_then_the_end() {
    in_each_app_with(one_thread, |app| async move {
        let stream = stream_of(&app, || Box::new(0..1_000)).await;
        assert!(stream.collect::<Vec<_>>().await.into_iter().eq(0..1_000));
        let mut empty = stream_of(&app, || Box::new(std::iter::empty())).await;
        assert_eq!(empty.next().await, None);
        assert_eq!(empty.next().await, None, "again");
        // Many items a hop: not one for each.
        let hops = app.stats().hops - 2;
        assert!((2..=1_000 / 32 + 2).contains(&hops), "{hops}");
    });
}

#[test]
fn nothing_is_called_before_somebody_reads() {
    static LOG: Log = Log::new();

    in_each_app_with(one_thread, |app| async move {
        let iterator = || -> Items<usize> { Box::new((0..2).inspect(|_| LOG.add("called"))) };
        let mut unread = stream_of(&app, iterator).await;
        is_over(&app).await;
        assert_eq!(LOG.take(), "");
        assert_eq!(unread.next().await, Some(0));
        assert_eq!(unread.count().await, 1);
        assert_eq!(LOG.take(), "called called");
    });
}

/// Whose reader sleeps keeps no thread, and has no more than so many items made.
#[test]
fn no_more_items_are_made_than_are_read_ahead() {
    static MADE: AtomicUsize = AtomicUsize::new(0);

    in_each_app_with(one_thread, |app| async move {
        MADE.store(0, Ordering::SeqCst);
        let endless = || -> Items<usize> {
            Box::new((0..).inspect(|_| {
                MADE.fetch_add(1, Ordering::SeqCst);
            }))
        };
        let mut stream = stream_of(&app, endless).await;
        let made = || MADE.load(Ordering::SeqCst);
        assert_eq!(stream.next().await, Some(0));
        let rests = || app.stats().working + app.stats().waiting == 0;
        for read in 1..200 {
            becomes(rests).await;
            assert!(
                (read..=read + AHEAD).contains(&made()),
                "{read}: {}",
                made()
            );
            assert_eq!(stream.next().await, Some(read));
        }
        becomes(rests).await;
        let before = made();
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert_eq!(made(), before);
        drop(stream);
        becomes(rests).await;
        assert_eq!(made(), before, "none more");
    });
}

#[test]
fn the_span_and_the_declared_task_locals_of_where_it_is_called_are_there() {
    tokio::task_local! {
        static TENANT: &'static str;
    }
    type Seen = (Option<u64>, &'static str);

    #[handler]
    async fn here_and_there() -> (Seen, BlockingStream<Seen>) {
        let here = || (span_here(), TENANT.get());
        (
            here(),
            blocking_stream(std::iter::repeat_with(here).take(100)),
        )
    }

    heard::listen();
    in_each_app_with(
        |builder| builder.propagate(&TENANT),
        |app| async move {
            let request = app.run(here_and_there::handler, Call::new());
            let request = TENANT.scope("acme", request.instrument(tracing::info_span!("stream")));
            let (here, stream) = request.await.expect("no failure");
            assert!(here.0.is_some());
            assert_eq!(stream.collect::<Vec<_>>().await, [here; 100]);
        },
    );
}

/// While the reader waits for the next item, a thread is at it; when it has enough none is.
#[test]
fn the_numbers_say_what_it_does() {
    static GO_ON: Signal = Signal::new();

    in_each_app(|app| async move {
        GO_ON.reset();
        let waits = || -> Items<usize> { Box::new((0..2).inspect(|_| GO_ON.wait_blocking())) };
        let mut stream = stream_of(&app, waits).await;
        let hops = app.stats().hops;
        assert!(futures_util::poll!(stream.next()).is_pending());
        becomes(|| app.stats().working == 1 && app.stats().seats == 0).await;
        GO_ON.give();
        assert_eq!(stream.next().await, Some(0));
        becomes(|| app.stats().working == 0).await;
        assert_eq!(app.stats().hops, hops + 1);
        let text = format!("{stream:?}");
        assert!(text.contains("blocking_stream.rs"), "{text}");
    });
}

#[test]
fn outside_of_any_request_it_runs_on_the_default_app() {
    on_each_runtime(|| async {
        assert_eq!(blocking_stream(0..10).count().await, 10);
        assert!(App::current().stats().hops > 0);
    });
}

#[test]
fn a_stream_can_be_read_on_another_task_than_where_it_was_made() {
    in_each_app(|app| async move {
        let read = Arc::new(AtomicUsize::new(0));
        let mut streams = Vec::new();
        for _ in 0..8 {
            let stream = stream_of(&app, || Box::new(0..500)).await;
            let read = Arc::clone(&read);
            streams.push(tokio::spawn(stream.for_each(move |_| {
                read.fetch_add(1, Ordering::SeqCst);
                std::future::ready(())
            })));
        }
        for stream in streams {
            stream.await.expect("no panic");
        }
        assert_eq!(read.load(Ordering::SeqCst), 8 * 500);
    });
}
