use hueless::{Depends, Outcome, dependency};

#[dependency(after_response = close, transient)] //~ ERROR `transient` contradicts `after_response`, as the consumer owns the value; remove one
fn db() -> u8 {
    1
}

fn close(_db: Depends<db>, _outcome: Outcome) {}

fn main() {
    let _ = close;
}
