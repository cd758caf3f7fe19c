use hueless::{Depends, Outcome, dependency};

#[dependency(teardown)] //~ ERROR `teardown` takes the name of a function; write `teardown = close`
fn db() -> u8 {
    1
}

fn close(_db: Depends<db>, _outcome: Outcome) {}

fn main() {
    let _ = close;
}
