//! [`witness`]: a dependency that tells what became of the jobs that have it.

use std::sync::{Arc, Mutex};

use apalis_core::task::data::Data;
use hueless::{Depends, Outcome, dependency};

/// The outcomes that teardowns heard.
pub(crate) type Heard = Arc<Mutex<Vec<Outcome>>>;

#[dependency(teardown = hear)]
pub(crate) async fn witness(Data(heard): Data<Heard>) -> Heard {
    heard
}

async fn hear(witness: Depends<witness>, outcome: Outcome) {
    witness.lock().expect("no panic").push(outcome);
}
