use hueless::{Depends, dependency, handler};

#[dependency]
fn db() -> u8 {
    1
}

#[handler]
fn greet(db: Depends<db, db>) { //~ ERROR struct takes 1 generic argument but 2 generic arguments were supplied
    drop(db);
}

fn main() {}
