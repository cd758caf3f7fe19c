use hueless::{Depends, Outcome, dependency};

#[dependency(teardown = close)] //~ ERROR `fn(Depends<db>, Outcome) -> Result<(), String> {close}` cannot end the value of `db`
fn db() -> u8 {
    1
}

fn close(_db: Depends<db>, _outcome: Outcome) -> Result<(), String> {
    Ok(())
}

fn main() {}
