use hueless::{Depends, Outcome, dependency};

struct Lost;

#[dependency(teardown = close)] //~ ERROR `fn(Depends<db>, Outcome) -> Result<(), Lost> {close}` cannot end the value of `db`
fn db() -> Result<u8, String> {
    Ok(1)
}

fn close(_db: Depends<db>, _outcome: Outcome) -> Result<(), Lost> {
    Err(Lost)
}

fn main() {}
