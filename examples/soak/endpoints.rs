//! What the server does: one endpoint for each kind of function.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use axum::body::Body;
use axum::routing::{get, post};
use axum::{Json, Router};
use hueless::{
    Background, Cancellation, Depends, Failure, Outcome, block_on, blocking_stream, dependency,
    handler, offload,
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::books::{Value, Values};
use crate::catalogue::ROWS;

/// All kinds of values.
pub(crate) static VALUES: [&Values; 7] = [
    &CHAINS,
    &TRANSACTIONS,
    &CONNECTIONS,
    &UPLOADS,
    &PRINTERS,
    &ITERATORS,
    &JOBS,
];

static CHAINS: Values = Values::new("chain");
static TRANSACTIONS: Values = Values::new("transaction").with_after_response();
static CONNECTIONS: Values = Values::new("connection").without_teardown();
static UPLOADS: Values = Values::new("upload").with_after_response();
static PRINTERS: Values = Values::new("printer");
static ITERATORS: Values = Values::new("iterator").without_teardown();
/// Work that is given up with its request is dropped.
static JOBS: Values = Values::new("background job").without_teardown();

const ROW: &str = "one row of many\n";

/// The whole service.
pub(crate) fn router() -> Router {
    Router::new()
        .route("/async", get(asynchronous::handler))
        .route("/plain", get(plain::handler))
        .route("/chain", get(chain::handler))
        .route("/transaction", get(transfer::handler))
        .route("/panic", get(panics::handler))
        .route("/slow", get(slow::handler))
        .route("/upload", post(upload::handler))
        .route("/rows", get(rows::handler))
        .route("/offload", get(offloads::handler))
        .route("/background", get(adds_work::handler))
        .route("/limited", get(prints::handler))
        .route("/timeout", get(takes_too_long::handler))
        .route("/timeout/plain", get(blocks_for_too_long::handler))
}

#[dependency]
async fn tenant() -> u8 {
    tokio::task::yield_now().await;
    1
}

#[handler]
async fn asynchronous(_tenant: Depends<tenant>) -> &'static str {
    "async"
}

#[dependency]
fn config() -> u8 {
    1
}

#[handler]
fn plain(_config: Depends<config>, _tenant: Depends<tenant>) -> &'static str {
    "plain"
}

/// Ended by a plain function.
#[dependency(teardown = end_link)]
fn link(_config: Depends<config>) -> Value {
    CHAINS.make()
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed its value")]
fn end_link(link: Depends<link>, _: Outcome) {
    link.end();
}

#[dependency]
async fn far_link(_link: Depends<link>) -> u8 {
    tokio::time::sleep(Duration::from_millis(1)).await;
    1
}

#[handler]
fn chain(_link: Depends<link>, _far: Depends<far_link>) -> &'static str {
    "chain"
}

/// A pool of two, which async functions wait for.
#[dependency(singleton, inline)]
pub(crate) fn pool() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(2))
}

#[derive(Debug)]
struct Connection {
    _permit: OwnedSemaphorePermit,
    _value: Value,
}

#[dependency]
async fn connection(pool: Depends<pool>) -> Connection {
    let pool = Arc::clone(&pool);
    Connection {
        _permit: pool.acquire_owned().await.expect("it is never closed"),
        _value: CONNECTIONS.make(),
    }
}

/// Committed before the response leaves, and released when it has left.
#[dependency(teardown = commit, after_response = release)]
fn transaction(_config: Depends<config>, _connection: Depends<connection>) -> Value {
    TRANSACTIONS.make()
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed its value")]
fn commit(transaction: Depends<transaction>, _: Outcome) {
    thread::sleep(Duration::from_micros(50));
    transaction.end();
}

async fn release(transaction: Depends<transaction>, _: Outcome) {
    transaction.release();
}

#[handler]
fn transfer(_transaction: Depends<transaction>) -> &'static str {
    "committed"
}

const ON_PURPOSE: &str = "on purpose";

#[handler]
fn panics(_link: Depends<link>) -> &'static str {
    panic!("{ON_PURPOSE}");
}

/// Other panics are printed.
pub(crate) fn hush_what_panics_on_purpose() {
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if panic.payload_as_str() != Some(ON_PURPOSE) {
            print(panic);
        }
    }));
}

/// A pool of two, which threads wait for.
#[dependency(singleton, inline)]
fn desks() -> Desks {
    Desks::default()
}

#[derive(Debug, Default)]
struct Desks {
    taken: Mutex<usize>,
    left: Condvar,
}

impl Desks {
    fn sit(&self, work: impl FnOnce()) {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let free = self.left.wait_while(taken, |taken| *taken == 2);
        *free.unwrap_or_else(PoisonError::into_inner) += 1;
        work();
        *self.taken.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.left.notify_one();
    }
}

#[handler]
fn slow(desks: Depends<desks>) -> &'static str {
    desks.sit(|| thread::sleep(Duration::from_millis(1)));
    "slow"
}

/// One of three printers, which tasks wait for.
#[dependency(limit = 3, teardown = put_back)]
async fn printer(_config: Depends<config>) -> Value {
    tokio::task::yield_now().await;
    PRINTERS.make()
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed its value")]
fn put_back(printer: Depends<printer>, _: Outcome) {
    printer.end();
}

#[handler]
fn prints(_printer: Depends<printer>) -> &'static str {
    "printed"
}

#[dependency(guard)]
fn admitted() -> u8 {
    1
}

#[dependency(inline, teardown = end_file, after_response = release_file)]
fn file(_admitted: Depends<admitted>) -> Value {
    UPLOADS.make()
}

async fn end_file(file: Depends<file>, _: Outcome) {
    tokio::task::yield_now().await;
    file.end();
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed its value")]
fn release_file(file: Depends<file>, _: Outcome) {
    file.release();
}

#[handler]
fn upload(_file: Depends<file>, Json(numbers): Json<Vec<u8>>) -> String {
    numbers.len().to_string()
}

struct Rows {
    left: usize,
    _value: Value,
}

impl Iterator for Rows {
    type Item = Result<&'static str, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        if self.left.is_multiple_of(100) {
            thread::sleep(Duration::from_micros(100));
        }
        Some(Ok(ROW))
    }
}

#[handler]
async fn rows(_link: Depends<link>) -> Body {
    Body::from_stream(blocking_stream(Rows {
        left: ROWS,
        _value: ITERATORS.make(),
    }))
}

#[handler]
async fn offloads() -> Result<&'static str, axum::http::StatusCode> {
    let nested = offload(|| block_on(offload(|| "offload")));
    match nested.await {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(_)) | Err(_) => Err(axum::http::StatusCode::SERVICE_UNAVAILABLE),
    }
}

#[handler]
async fn adds_work(background: Depends<Background>) -> &'static str {
    let (first, second) = (JOBS.make(), JOBS.make());
    background.add(async move {
        tokio::task::yield_now().await;
        first.end();
    });
    background.add(move || second.end());
    "added"
}

#[handler(timeout = "2ms")]
async fn takes_too_long(_link: Depends<link>) -> &'static str {
    std::future::pending::<()>().await;
    "never"
}

/// It is told that nobody waits any more.
#[handler(timeout = "2ms")]
fn blocks_for_too_long(_link: Depends<link>, told: Depends<Cancellation>) -> &'static str {
    block_on(told.cancelled());
    "never"
}
