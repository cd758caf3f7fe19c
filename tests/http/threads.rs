//! No bad input costs a thread: none is lost, and none is left over.
//!
//! The app has few threads, and all of them are in use at once before and after. One that was lost would be missed: its request would wait for ever. One that is
//! left over is counted.

use std::fs;
use std::sync::{Arc, Barrier, mpsc};
use std::time::Duration;

use axum::Router;
use axum::extract::{Json, State};
use axum::routing::{get, post};
use hueless::{App, Depends, dependency, handler};
use tokio::runtime::{Builder, Runtime};

use crate::client::{ask, get as request, post as send};
use crate::client::{ask_over_socket, send as send_over_socket, serve};
use crate::log::{Log, log};

const WORKERS: usize = 2;
const BLOCKING: usize = 4;
/// What the system calls the threads of this test; it keeps 15 bytes.
const NAME: &str = "counted-threads";

type Meeting = Arc<Barrier>;

/// Ends only when every blocking thread is in it.
#[handler]
fn meet(State(meeting): State<Meeting>) {
    meeting.wait();
}

#[dependency]
fn panics(log: Depends<log>) -> u8 {
    log.write("panics");
    panic!("on a thread of the lane")
}

#[handler]
async fn behind_panic(_: Depends<panics>) {}

#[handler]
fn panicking(log: Depends<log>) {
    log.write("panics");
    panic!("on a thread of the lane")
}

#[handler(cpu)]
fn panicking_cpu() {
    panic!("on a thread of the pool")
}

#[handler]
fn json(_: Depends<before>, Json(_): Json<u8>) {}

#[dependency]
fn before() -> u8 {
    1
}

#[handler]
async fn silent(_: Depends<before>) {
    std::future::pending::<()>().await;
}

fn router(app: &App) -> Router {
    Router::new()
        .route("/meet", get(meet::handler))
        .route("/behind-panic", get(behind_panic::handler))
        .route("/panicking", get(panicking::handler))
        .route("/panicking-cpu", get(panicking_cpu::handler))
        .route("/json", post(json::handler))
        .route("/silent", get(silent::handler))
        .layer(app.layer())
        .with_state(Arc::new(Barrier::new(BLOCKING)))
}

/// A runtime whose workers have started: a thread gives itself its name.
fn runtime() -> Runtime {
    let (start, started) = mpsc::channel();
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(WORKERS);
    builder.thread_keep_alive(Duration::from_secs(u32::MAX.into()));
    builder.thread_name(NAME).enable_all();
    builder.on_thread_start(move || _ = start.send(()));
    let runtime = builder.build().expect("a runtime");
    for _ in 0..WORKERS {
        started.recv().expect("a worker starts");
    }
    runtime
}

/// How many threads of the runtime the process has, as the system tells.
fn threads() -> usize {
    let tasks = fs::read_dir("/proc/self/task").expect("the threads of this process");
    let names = tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("comm")).ok());
    names.filter(|name| name.trim_end() == NAME).count()
}

/// Uses every blocking thread at once.
async fn use_all(router: &Router) {
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..BLOCKING {
        let router = router.clone();
        requests.spawn(async move { ask(&router, request("/meet")).await });
    }
    for answer in requests.join_all().await {
        assert_eq!(answer.seen(), (200, ""));
    }
}

#[test]
fn no_thread_is_lost_or_left_over() {
    runtime().block_on(async {
        let app = App::builder().blocking_limit(BLOCKING).stall(Duration::MAX);
        let app = app.build().expect("nothing is wrong");
        let router = router(&app);
        let address = serve(router.clone()).await;
        use_all(&router).await;
        assert_eq!((threads(), app.stats().threads), (WORKERS, BLOCKING));
        for _ in 0..20 {
            for path in ["/behind-panic", "/panicking", "/panicking-cpu"] {
                assert_eq!(ask(&router, request(path)).await.seen(), (500, ""));
            }
            let bad = ask(&router, send("/json", "application/json", "no json")).await;
            assert_eq!(bad.status, 400);
            let dropped = tokio::spawn({
                let router = router.clone();
                async move { ask(&router, request("/silent")).await }
            });
            dropped.abort();
            drop(dropped.await);
            drop(send_over_socket(address, "GET /silent HTTP/1.1\r\nhost: a\r\n\r\n").await);
            drop(send_over_socket(address, "GET /panicking HTTP/1.1\r\nhost: a\r\n\r\n").await);
            let (status, _) = ask_over_socket(address, "/panicking").await;
            assert_eq!(status, "HTTP/1.1 500 Internal Server Error");
        }
        use_all(&router).await;
        assert_eq!((threads(), app.stats().threads), (WORKERS, BLOCKING));
        assert!(Log::of(&app).await.take().len() >= 60);
    });
}
