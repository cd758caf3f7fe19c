//! Plain and async functions that end a value, with and without an error.
#![deny(warnings)]

use std::sync::atomic::{AtomicUsize, Ordering};

use hueless::{App, Call, Depends, Outcome, dependency, handler};

static ENDED: AtomicUsize = AtomicUsize::new(0);

fn end(outcome: Outcome) {
    assert_eq!(outcome, Outcome::Completed);
    ENDED.fetch_add(1, Ordering::SeqCst);
}

#[dependency(teardown = close_plain)]
async fn plain() -> u8 {
    1
}

fn close_plain(plain: Depends<plain>, outcome: Outcome) {
    assert_eq!(*plain, 1);
    end(outcome);
}

#[dependency(inline, teardown = close_awaited)]
fn awaited() -> u8 {
    2
}

async fn close_awaited(_awaited: Depends<awaited>, outcome: Outcome) {
    end(outcome);
}

#[dependency(teardown = close_failing)]
fn failing() -> Result<u8, String> {
    Ok(3)
}

fn close_failing(_failing: Depends<failing>, outcome: Outcome) -> Result<(), String> {
    end(outcome);
    Ok(())
}

#[dependency(teardown = close_failing_later)]
async fn failing_later() -> Result<u8, String> {
    Ok(4)
}

async fn close_failing_later(
    _failing: Depends<failing_later>,
    outcome: Outcome,
) -> Result<(), String> {
    end(outcome);
    Ok(())
}

// One that can fail need not have a teardown that can.
#[dependency(guard, teardown = close_guard, after_response = release_guard)]
fn guard() -> Result<u8, String> {
    Ok(5)
}

async fn close_guard(_guard: Depends<guard>, outcome: Outcome) {
    end(outcome);
}

fn release_guard(_guard: Depends<guard>, _outcome: Outcome) -> Result<(), String> {
    Ok(())
}

#[handler]
fn read(
    plain: Depends<plain>,
    awaited: Depends<awaited>,
    failing: Depends<failing>,
    later: Depends<failing_later>,
    guard: Depends<guard>,
) -> u8 {
    *plain + *awaited + *failing + *later + *guard
}

#[tokio::main]
async fn main() {
    let sum = App::new().run(read::handler, Call::new()).await;
    assert_eq!(sum.unwrap(), 15);
    assert_eq!(ENDED.load(Ordering::SeqCst), 5);
}
