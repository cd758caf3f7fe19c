//! Plain teardowns need threads too.

use std::time::Duration;

use hueless::{App, AppBuilder, Call, Depends, Input, Outcome, dependency, handler};
use tokio::sync::Semaphore;

use super::{Crowd, begin, is_idle, together, until};
use crate::support::{Log, Signal, in_each_app_with, is_over};

/// FastAPI: each exit of a plain dependency has a limiter of its own, of one: 200 requests that end
/// together are 200 threads.
#[test]
fn many_teardowns_at_once_stay_within_the_threads() {
    static ENDING: Crowd = Crowd::new();
    const THREADS: usize = 4;
    const SEATS: usize = 32;

    #[dependency(teardown = close)]
    async fn file(Input(app): Input<App>) -> App {
        app
    }
    fn close(file: Depends<file>, _: Outcome) {
        let _ending = ENDING.join();
        let stats = file.stats();
        assert!(stats.working <= THREADS, "{stats:?}");
        assert!((1..=SEATS).contains(&stats.seats), "{stats:?}");
        std::thread::yield_now();
    }
    #[handler]
    async fn show(_file: Depends<file>) {}

    let settings = |builder: AppBuilder| {
        let builder = builder.blocking_limit(THREADS).seats(SEATS);
        builder.queue_limit(200).stall(Duration::MAX)
    };
    in_each_app_with(settings, |app| async move {
        let call = || Call::new().with(app.clone());
        let requests = (0..200).map(|_| app.run(show::handler, call()));
        assert!(together(requests).await.iter().all(Result::is_ok));
        assert!((1..=THREADS).contains(&ENDING.take_most()));
        let stats = until(&app, is_idle).await;
        assert!(stats.threads <= THREADS, "{stats:?}");
        assert_eq!(stats.stalls, 0);
    });
}

/// A row that one request at a time may lock: taken by a node, and given back when its value is ended.
struct Row {
    lock: Semaphore,
    log: Log,
    /// Whether a thread waits for it.
    is_wanted: Signal,
}

impl Row {
    const fn new() -> Self {
        Self {
            lock: Semaphore::const_new(1),
            log: Log::new(),
            is_wanted: Signal::new(),
        }
    }

    async fn lock(&self) {
        self.lock.acquire().await.expect("it is open").forget();
    }

    fn unlock(&self) {
        self.log.add("gives");
        self.lock.add_permits(1);
    }

    /// Blocks until nobody has it.
    fn wait(&self) {
        self.is_wanted.give();
        while self.lock.try_acquire().is_err() {
            std::thread::sleep(Duration::from_micros(100));
        }
        self.log.add("gets");
    }
}

/// A lane of their own with so many threads: 0 of 8 requests finish.
#[test]
fn a_teardown_waits_for_a_lock_that_another_teardown_gives_back() {
    static ROW: Row = Row::new();

    #[dependency(teardown = unlock)]
    async fn locked() -> () {
        ROW.lock().await;
    }
    fn unlock(_locked: Depends<locked>, _: Outcome) {
        ROW.unlock();
    }
    #[dependency(teardown = commit)]
    fn transaction() -> () {}
    fn commit(_transaction: Depends<transaction>, _: Outcome) {
        ROW.wait();
    }
    #[handler]
    async fn writes(_locked: Depends<locked>) {
        // The thread is taken by then.
        ROW.is_wanted.wait().await;
    }
    #[handler]
    async fn commits(_transaction: Depends<transaction>) {}

    let settings = |builder: AppBuilder| {
        let builder = builder.blocking_limit(1).seats(8);
        builder.stall(Duration::from_millis(1))
    };
    in_each_app_with(settings, |app| async move {
        ROW.is_wanted.reset();
        let write = app.run(writes::handler, Call::new());
        let write = begin(write).await;
        let commits = together((0..4).map(|_| app.run(commits::handler, Call::new())));
        assert!(commits.await.iter().all(Result::is_ok));
        write.await.expect("no panic").expect("no failure");
        assert_eq!(ROW.log.take(), "gives gets gets gets gets");
        let stats = until(&app, is_idle).await;
        assert!(stats.stalls > 0, "{stats:?}");
        assert!(stats.threads <= 8, "{stats:?}");
    });
}

/// The same behind the responses, where a request has no seat any more.
#[test]
fn what_comes_after_a_response_waits_for_what_comes_after_another_one() {
    static ROW: Row = Row::new();

    #[dependency(after_response = unlock)]
    async fn locked() -> () {
        ROW.lock().await;
    }
    fn unlock(_locked: Depends<locked>, _: Outcome) {
        ROW.unlock();
    }
    #[dependency(inline, after_response = send)]
    fn report() -> () {}
    fn send(_report: Depends<report>, _: Outcome) {
        ROW.wait();
    }
    #[handler]
    async fn writes(_locked: Depends<locked>) {
        ROW.is_wanted.wait().await;
    }
    #[handler]
    async fn reports(_report: Depends<report>) {}

    let settings = |builder: AppBuilder| {
        let builder = builder.after_limit(1).seats(8);
        builder.stall(Duration::from_millis(1))
    };
    in_each_app_with(settings, |app| async move {
        ROW.is_wanted.reset();
        let write = app.run(writes::handler, Call::new());
        let write = begin(write).await;
        let reports = together((0..4).map(|_| app.run(reports::handler, Call::new())));
        assert!(reports.await.iter().all(Result::is_ok));
        write.await.expect("no panic").expect("no failure");
        is_over(&app).await;
        assert_eq!(ROW.log.take(), "gives gets gets gets gets");
        assert!(app.stats().stalls > 0);
    });
}
