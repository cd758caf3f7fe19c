use std::rc::Rc;

use hueless::{Depends, Outcome, dependency};

async fn release(key: &str) -> usize {
    key.len()
}

#[dependency(teardown = close)] //~ ERROR future cannot be sent between threads safely
fn db() -> u8 {
    1
}

async fn close(_db: Depends<db>, _outcome: Outcome) {
    let key = Rc::new("Ada");
    release(&key).await;
}

fn main() {}
