use hueless::{Depends, dependency, handler};

#[dependency]
fn db() -> u8 {
    1
}

type Db = Depends<db>;

#[handler]
fn greet(#[cfg_attr(all(), depends)] db: Db) { //~ ERROR `cfg_attr` cannot decide what is resolved; write `#[cfg(…)]` or `#[depends]` directly
    drop(db);
}

fn main() {}
