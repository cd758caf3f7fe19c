use hueless::{Depends, dependency, handler};

type Fallible<T> = Result<T, String>;

#[dependency]
fn count() -> Fallible<u64> {
    Ok(1)
}

#[handler]
fn next(count: Depends<count>) -> u64 {
    *count //~ ERROR mismatched types
}

fn main() {}
