use hueless::{Depends, Outcome, dependency};

#[dependency]
fn other() -> u8 {
    1
}

#[dependency(teardown = close)] //~ ERROR `fn(Depends<other>, Outcome) {close}` cannot end the value of `db`
fn db() -> u8 {
    1
}

fn close(_other: Depends<other>, _outcome: Outcome) {}

fn main() {}
