//! At whatever point a request is dropped, its values are ended.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use hueless::{App, BoxError, Call, Depends, Invocation, PollOnLane, Reply, dependency, handler};

use crate::ledger::{Entry, Ledger, Told, elsewhere, end, end_async, release, release_async};
use crate::support::{both_kinds, is_over, on_each_runtime};

static LEDGER: Ledger = Ledger::new(&["pool", "db", "user", "cache", "page"]);

#[dependency(guard, teardown = end_async::<pool>, after_response = release::<pool>)]
async fn pool() -> Entry {
    let working = LEDGER.work_on("pool");
    elsewhere().await;
    working.makes()
}

#[dependency(teardown = end::<db>, after_response = release_async::<db>)]
fn db(_pool: Depends<pool>) -> Entry {
    LEDGER.work_on("db").makes()
}

#[dependency(teardown = end_async::<user>, after_response = release_async::<user>)]
async fn user(_db: Depends<db>) -> Entry {
    let working = LEDGER.work_on("user");
    elsewhere().await;
    elsewhere().await;
    working.makes()
}

#[dependency(teardown = end::<cache>, after_response = release::<cache>)]
fn cache() -> Entry {
    LEDGER.work_on("cache").makes()
}

#[dependency(cpu, teardown = end_async::<page>, after_response = release::<page>)]
fn page(_user: Depends<user>, _cache: Depends<cache>, _db: Depends<db>) -> Entry {
    LEDGER.work_on("page").makes()
}

#[handler]
async fn show(_page: Depends<page>) -> u8 {
    let _working = LEDGER.work_on("handler");
    elsewhere().await;
    1
}

#[handler]
fn show_plain(_page: Depends<page>, _user: Depends<user>) -> Result<u8, u8> {
    let _working = LEDGER.work_on("handler");
    Err(1)
}

/// Drops a future that is not done when it was polled so often; it is polled only when it was woken.
async fn poll_times<T>(times: usize, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut left = times;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Drops requests at every point, and returns all that was told.
async fn at_every_point<H, M, R, T>(
    app: impl Fn() -> App,
    handler: impl Fn(Invocation<H, Call, M>) -> T,
) -> Vec<Told>
where
    T: Future<Output = Result<Reply<R>, BoxError>>,
{
    let mut told = Vec::new();
    for times in 0.. {
        let app = app();
        let request = handler(Invocation::new(app.clone(), Call::new()));
        let reply = poll_times(times, request).await;
        let is_done = reply.is_some();
        drop(reply.map(|reply| reply.expect("nothing fails")));
        is_over(&app).await;
        told.push(LEDGER.check());
        if is_done {
            break;
        }
    }
    told
}

/// How a request can end: nothing was made, or it was dropped before its handler was done, or after.
fn is_told(told: &[Told], done: (&str, &str)) {
    let told = told.iter();
    let mut told: Vec<(&str, &str)> = told
        .map(|told| (&*told.teardown, &*told.after_response))
        .collect();
    told.sort_unstable();
    told.dedup();
    assert_eq!(told, [("", ""), ("cancelled", "cancelled"), done]);
}

/// All in one test, for they share a ledger.
#[test]
fn values_are_ended_once_and_in_order_and_never_while_a_node_runs() {
    let of_kind = |kind: usize| move || both_kinds(|app| app)[kind].clone();
    let on_lane = || both_kinds(|app| app.poll_on_lane(PollOnLane::Always))[0].clone();
    on_each_runtime(|| async {
        let (mut of_async, mut of_plain) = (Vec::new(), Vec::new());
        for _ in 0..10 {
            of_async.extend(at_every_point(of_kind(0), show::handler).await);
            of_async.extend(at_every_point(of_kind(1), show::handler).await);
            of_async.extend(at_every_point(on_lane, show::handler).await);
            of_plain.extend(at_every_point(of_kind(0), show_plain::handler).await);
            of_plain.extend(at_every_point(of_kind(1), show_plain::handler).await);
        }
        is_told(&of_async, ("completed", "cancelled"));
        is_told(&of_plain, ("failed", "failed"));
    });
}
