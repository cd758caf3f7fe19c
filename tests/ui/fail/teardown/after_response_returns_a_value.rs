use hueless::{Depends, Outcome, dependency};

#[dependency(after_response = close)] //~ ERROR `fn(Depends<db>, Outcome) -> u8 {close}` cannot end the value of `db`
fn db() -> u8 {
    1
}

fn close(db: Depends<db>, _outcome: Outcome) -> u8 {
    *db
}

fn main() {}
