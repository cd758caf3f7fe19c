use hueless::{Depends, Outcome, dependency};

#[dependency(teardown = close)] //~ ERROR `for<'a> fn(&'a Depends<db>, Outcome) {close}` cannot end the value of `db`
fn db() -> u8 {
    1
}

fn close(_db: &Depends<db>, _outcome: Outcome) {}

fn main() {}
