use hueless::{Outcome, dependency};

#[dependency(teardown = close)] //~ ERROR `fn(u8, Outcome) {close}` cannot end the value of `db`
fn db() -> u8 {
    1
}

fn close(_db: u8, _outcome: Outcome) {}

fn main() {}
