use hueless::{Depends, Outcome, dependency, handler};

#[dependency(sometimes, teardown = close)] //~ ERROR unknown option `sometimes`
fn db() -> Result<u8, String> {
    Ok(1)
}

fn close(_db: Depends<db>, _outcome: Outcome) -> Result<(), String> {
    Ok(())
}

#[handler]
fn read(db: Depends<db>) -> u8 {
    *db
}

fn main() {}
