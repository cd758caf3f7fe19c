use hueless::{Depends, Outcome, dependency};

#[dependency(teardown = close)] //~ ERROR `fn(Depends<db>, Outcome) -> Result<u8, String> {close}` cannot end the value of `db`
fn db() -> Result<u8, String> {
    Ok(1)
}

fn close(db: Depends<db>, _outcome: Outcome) -> Result<u8, String> {
    Ok(*db)
}

fn main() {}
