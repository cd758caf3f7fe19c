use hueless::{Depends, dependency};

#[dependency]
fn db(db: Depends<db>) -> u8 { //~ ERROR dependency cycle: db -> db
    *db
}

fn main() {}
