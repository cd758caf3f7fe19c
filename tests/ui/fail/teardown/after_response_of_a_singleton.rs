use hueless::{Depends, Outcome, dependency};

#[dependency(singleton, after_response = close)] //~ ERROR `after_response` contradicts `singleton`, as a singleton outlives every response; remove one
fn db() -> u8 {
    1
}

fn close(_db: Depends<db>, _outcome: Outcome) {}

fn main() {
    let _ = close;
}
