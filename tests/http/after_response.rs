//! What is done when a response was sent, or was not, over a real socket.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a function that ends a value takes a handle"
)]

mod bodies;
mod hang_up;
mod held;
mod left;

use std::time::Duration;

use hueless::{App, Depends, Outcome, dependency};

use crate::log::{Log, log};

/// A value that says what the functions were told that end it.
#[dependency(teardown = end, after_response = release)]
fn resource(log: Depends<log>) -> Log {
    Log::clone(&log)
}

fn end(resource: Depends<resource>, outcome: Outcome) {
    resource.write(format!("end {outcome}"));
}

async fn release(resource: Depends<resource>, outcome: Outcome) {
    resource.write(format!("release {outcome}"));
}

/// What was logged until everything was over.
async fn log_of(app: &App) -> Vec<String> {
    // Afterwards nobody can ask for it any more.
    let log = Log::of(app).await;
    let ended = app.shutdown(Duration::from_secs(20)).await;
    ended.expect("everything ends");
    log.take()
}
