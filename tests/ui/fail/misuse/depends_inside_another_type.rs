use hueless::{Depends, dependency, handler};

#[dependency]
fn db() -> u8 {
    1
}

#[handler]
fn read(db: Option<Depends<db>>) -> u8 { //~ ERROR `Depends<…>` inside of another type is no dependency; take each dependency as one of the parameters
    db.map_or(0, |db| *db)
}

fn main() {}
