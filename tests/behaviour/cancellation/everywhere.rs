//! At whatever point a request is dropped: each value that was made is ended once, in order, and never
//! while a node runs.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use hueless::{
    App, BoxError, Call, Depends, Invocation, Outcome, PollOnLane, Provider, Reply, dependency,
    handler,
};

use crate::support::{Log, both_kinds, is_over, on_each_runtime};

static LOG: Log = Log::new();

/// A value that says when it was made and when it is dropped.
struct Said(&'static str);

impl Drop for Said {
    fn drop(&mut self) {
        LOG.add(format!("drop {}", self.0));
    }
}

/// A node at work; it says when it is over, however that comes.
struct Working(&'static str);

impl Working {
    fn on(name: &'static str) -> Self {
        LOG.add(format!("in {name}"));
        Self(name)
    }

    fn makes(self) -> Said {
        LOG.add(format!("made {}", self.0));
        Said(self.0)
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        LOG.add(format!("out {}", self.0));
    }
}

/// Waits for a task, and so until the request is woken.
async fn elsewhere() {
    tokio::spawn(async {}).await.expect("no panic");
}

fn end<D: Provider<Output = Said>>(value: Depends<D>, outcome: Outcome) {
    LOG.add(format!("end {} {outcome}", value.0));
    LOG.add(format!("ended {}", value.0));
}

async fn end_async<D: Provider<Output = Said>>(value: Depends<D>, outcome: Outcome) {
    LOG.add(format!("end {} {outcome}", value.0));
    elsewhere().await;
    LOG.add(format!("ended {}", value.0));
}

fn release<D: Provider<Output = Said>>(value: Depends<D>, outcome: Outcome) {
    LOG.add(format!("release {} {outcome}", value.0));
    LOG.add(format!("released {}", value.0));
}

async fn release_async<D: Provider<Output = Said>>(value: Depends<D>, outcome: Outcome) {
    LOG.add(format!("release {} {outcome}", value.0));
    elsewhere().await;
    LOG.add(format!("released {}", value.0));
}

/// In declaration order; each has a teardown, and something to do after the response.
const NAMES: [&str; 5] = ["pool", "db", "user", "cache", "page"];

#[dependency(guard, teardown = end_async::<pool>, after_response = release::<pool>)]
async fn pool() -> Said {
    let working = Working::on("pool");
    elsewhere().await;
    working.makes()
}

#[dependency(teardown = end::<db>, after_response = release_async::<db>)]
fn db(_pool: Depends<pool>) -> Said {
    Working::on("db").makes()
}

#[dependency(teardown = end_async::<user>, after_response = release_async::<user>)]
async fn user(_db: Depends<db>) -> Said {
    let working = Working::on("user");
    elsewhere().await;
    elsewhere().await;
    working.makes()
}

#[dependency(teardown = end::<cache>, after_response = release::<cache>)]
fn cache() -> Said {
    Working::on("cache").makes()
}

#[dependency(cpu, teardown = end_async::<page>, after_response = release::<page>)]
fn page(_user: Depends<user>, _cache: Depends<cache>, _db: Depends<db>) -> Said {
    Working::on("page").makes()
}

#[handler]
async fn show(_page: Depends<page>) -> u8 {
    let _working = Working::on("handler");
    elsewhere().await;
    1
}

#[handler]
fn show_plain(_page: Depends<page>, _user: Depends<user>) -> Result<u8, u8> {
    let _working = Working::on("handler");
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

/// The names in events of one kind, in order.
fn names<'a>(events: &[&'a str], kind: &str) -> Vec<&'a str> {
    let of_kind = |event: &&'a str| event.strip_prefix(kind)?.strip_prefix(' ');
    let of_kind = events.iter().filter_map(of_kind);
    of_kind.map(|rest| rest.split(' ').next().expect("a name")).collect()
}

/// What was told in events of one kind, each thing once.
fn told<'a>(events: &[&'a str], kind: &str) -> Vec<&'a str> {
    let of_kind = events.iter().filter(|event| event.starts_with(kind));
    let mut told: Vec<&str> = of_kind.filter_map(|event| event.split(' ').nth(2)).collect();
    told.dedup();
    told
}

/// Checks all that holds whenever the request was dropped. Returns what the teardowns were told, and
/// what was done after the response.
fn check(log: &str) -> (String, String) {
    let events: Vec<&str> = log.split(", ").filter(|event| !event.is_empty()).collect();
    let made = names(&events, "made");
    let in_order = |names: Vec<&str>| {
        let last_first = NAMES.iter().rev().filter(|name| made.contains(name));
        assert!(last_first.eq(&names), "{names:?} of {made:?} in {log}");
    };
    in_order(names(&events, "end"));
    in_order(names(&events, "ended"));
    in_order(names(&events, "release"));
    in_order(names(&events, "released"));
    in_order(names(&events, "drop"));
    assert_eq!(names(&events, "in").len(), names(&events, "out").len(), "{log}");

    let phase = |event: &&str| match event.split(' ').next() {
        Some("in" | "made" | "out") => 0,
        Some("end" | "ended") => 1,
        _ => 2,
    };
    assert!(events.iter().map(phase).is_sorted(), "{log}");
    let (ends, releases) = (told(&events, "end "), told(&events, "release "));
    assert!(ends.len() < 2 && releases.len() < 2, "{log}");
    (ends.concat(), releases.concat())
}

/// Drops requests at every point, and returns all that was told.
async fn at_every_point<H, M, R, T>(
    app: impl Fn() -> App,
    handler: impl Fn(Invocation<H, Call, M>) -> T,
) -> Vec<(String, String)>
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
        told.push(check(&LOG.take_list()));
        if is_done {
            break;
        }
    }
    told
}

/// How a request can end: nothing was made, or it was dropped before its handler was done, or after.
fn is_told(mut told: Vec<(String, String)>, done: (&str, &str)) {
    told.sort();
    told.dedup();
    let told = told.iter().map(|(end, release)| (&**end, &**release));
    assert!(told.eq([("", ""), ("cancelled", "cancelled"), done]));
}

/// All in one test, for they share a log.
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
        is_told(of_async, ("completed", "cancelled"));
        is_told(of_plain, ("failed", "failed"));
    });
}
