//! Threads that survive what runs on them.

use std::collections::HashSet;
use std::thread::{self, ThreadId};

use hueless::{
    App, BlockingStream, Call, Depends, Outcome, block_on, blocking_stream, dependency, handler,
    offload,
};

use super::{is_idle, together, until};
use crate::occupied::one_thread;
use crate::support::{in_each_app_with, is_over};

#[handler]
fn here() -> ThreadId {
    thread::current().id()
}

async fn thread_of(app: &App) -> ThreadId {
    let thread = app.run(here::handler, Call::new()).await;
    thread.expect("no failure")
}

struct PanicsWhenDropped;

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        panic!("in a destructor");
    }
}

#[dependency(teardown = end)]
fn ends_badly() -> u8 {
    1
}

fn end(_value: Depends<ends_badly>, _: Outcome) {
    panic!("in a teardown");
}

#[dependency]
fn drops_badly() -> PanicsWhenDropped {
    PanicsWhenDropped
}

#[handler]
fn in_handler() {
    panic!("in a handler");
}

#[handler]
fn in_teardown(_value: Depends<ends_badly>) {}

#[handler]
fn in_destructor(_value: Depends<drops_badly>) {}

#[handler]
fn in_block_on() {
    block_on(async { panic!("in a future") });
}

#[handler]
fn in_closure() -> bool {
    let closure = block_on(offload(|| panic!("in a closure")));
    closure.is_err_and(|failure| failure.is_panic())
}

#[handler]
fn in_iterator() -> BlockingStream<u8> {
    blocking_stream(std::iter::once_with(|| panic!("in an iterator")))
}

/// A worker thread that ends with the panic of a job, and takes the place of a job with it.
#[test]
fn a_panic_costs_no_thread() {
    in_each_app_with(one_thread, |app| async move {
        let before = thread_of(&app).await;
        for _ in 0..3 {
            let run = app.run(in_handler::handler, Call::new()).await;
            assert!(run.is_err());
            let run = app.run(in_teardown::handler, Call::new()).await;
            assert!(run.is_err());
            let run = app.run(in_destructor::handler, Call::new()).await;
            assert!(run.is_ok());
            let run = app.run(in_block_on::handler, Call::new()).await;
            assert!(run.is_err());
            let run = app.run(in_closure::handler, Call::new()).await;
            assert!(run.expect("it goes on"));
        }
        assert_eq!(thread_of(&app).await, before);
        assert_eq!(until(&app, is_idle).await.threads, 1);

        let stream = app.run(in_iterator::handler, Call::new()).await;
        let stream = stream.expect("no failure");
        let read = tokio::spawn(async { futures_util::StreamExt::count(stream).await });
        assert!(
            read.await
                .expect_err("it goes on with the panic")
                .is_panic()
        );
        assert_eq!(until(&app, is_idle).await.threads, 2);
        is_over(&app).await;
    });
}

/// Many short hops: whoever has ended a job takes the next one, and nobody is started for it.
#[test]
fn many_hops_pass_through_one_thread() {
    const REQUESTS: u64 = 300;

    #[dependency]
    fn first() -> ThreadId {
        thread::current().id()
    }
    #[dependency]
    async fn elsewhere(first: Depends<first>) -> ThreadId {
        tokio::task::yield_now().await;
        *first
    }
    #[handler]
    fn last(first: Depends<first>, elsewhere: Depends<elsewhere>) -> [ThreadId; 3] {
        [*first, *elsewhere, thread::current().id()]
    }

    in_each_app_with(one_thread, |app| async move {
        let requests = (0..REQUESTS).map(|_| app.run(last::handler, Call::new()));
        let mut threads = HashSet::new();
        for result in together(requests).await {
            threads.extend(result.expect("no failure"));
        }
        assert_eq!(threads.len(), 1);
        let stats = until(&app, is_idle).await;
        assert_eq!((stats.threads, stats.stalls), (1, 0), "{stats:?}");
        assert!(stats.hops >= REQUESTS, "{stats:?}");
    });
}
