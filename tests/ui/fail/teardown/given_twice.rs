use hueless::{Depends, Outcome, dependency};

#[dependency(teardown = close, teardown = close)] //~ ERROR duplicate option `teardown`; name one function that calls both
fn db() -> u8 {
    1
}

fn close(_db: Depends<db>, _outcome: Outcome) {}

fn main() {
    let _ = close;
}
