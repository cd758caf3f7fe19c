//! Nodes that end when their time does, in requests that are dropped when they end: whoever is first,
//! all that was made is ended.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use hueless::{Call, Cancellation, Depends, dependency, handler};

use crate::ledger::{Entry, Ledger, end, end_async, release, release_async};
use crate::support::{both_kinds, is_over, on_each_runtime};

static LEDGER: Ledger = Ledger::new(&["pool", "db", "user", "cache", "index", "page"]);

/// Numbers that look random, the same in every run but for who asks first.
fn random() -> u64 {
    static STATE: AtomicU64 = AtomicU64::new(1);
    let state = STATE.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
    let mixed = (state ^ (state >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    mixed ^ (mixed >> 33)
}

/// A while that is about as long as the time limits.
fn while_or_so() -> Duration {
    Duration::from_micros(random() % 1_800)
}

/// Fails sometimes.
fn makes(name: &'static str, wait: impl FnOnce()) -> Result<Entry, String> {
    let working = LEDGER.work_on(name);
    wait();
    match random() % 8 {
        0 => Err("failed".to_owned()),
        _ => Ok(working.makes()),
    }
}

#[dependency(guard, teardown = end_async::<pool>, after_response = release::<pool>)]
async fn pool() -> Result<Entry, String> {
    makes("pool", || {})
}

#[dependency(timeout = "1ms", teardown = end::<db>, after_response = release_async::<db>)]
fn db(_pool: Depends<pool>, _told: Depends<Cancellation>) -> Result<Entry, String> {
    makes("db", || std::thread::sleep(while_or_so()))
}

#[dependency(timeout = "1ms", teardown = end_async::<user>, after_response = release_async::<user>)]
async fn user(_db: Depends<db>) -> Entry {
    let working = LEDGER.work_on("user");
    tokio::time::sleep(while_or_so()).await;
    working.makes()
}

#[dependency(timeout = "1ms", teardown = end::<cache>, after_response = release::<cache>)]
fn cache(_pool: Depends<pool>) -> Result<Entry, String> {
    makes("cache", || std::thread::sleep(while_or_so()))
}

#[dependency(cpu, timeout = "1ms", teardown = end_async::<index>, after_response = release::<index>)]
fn index(_pool: Depends<pool>) -> Result<Entry, String> {
    makes("index", || std::thread::sleep(while_or_so()))
}

#[dependency(inline, teardown = end_async::<page>, after_response = release::<page>)]
fn page(
    _user: Depends<user>,
    _cache: Depends<cache>,
    _db: Depends<db>,
    _index: Depends<index>,
) -> Result<Entry, String> {
    makes("page", || {})
}

#[handler(timeout = "4ms")]
async fn show(_page: Depends<page>) {
    let _working = LEDGER.work_on("handler");
    tokio::time::sleep(while_or_so()).await;
}

#[handler(timeout = "4ms")]
fn show_plain(_page: Depends<page>) {
    let _working = LEDGER.work_on("handler");
    std::thread::sleep(while_or_so());
}

#[test]
fn values_are_ended_once_and_in_order_and_never_while_a_node_runs() {
    on_each_runtime(|| async {
        for _ in 0..50 {
            for app in both_kinds(|builder| builder) {
                let of_async = app.run(show::handler, Call::new());
                // However it ends, what holds is looked at.
                drop(tokio::time::timeout(4 * while_or_so(), of_async).await);
                is_over(&app).await;
                LEDGER.check();
            }
            for app in both_kinds(|builder| builder) {
                let of_plain = app.run(show_plain::handler, Call::new());
                drop(tokio::time::timeout(4 * while_or_so(), of_plain).await);
                is_over(&app).await;
                LEDGER.check();
            }
        }
    });
}
