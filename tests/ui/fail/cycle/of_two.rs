use hueless::{Depends, dependency, handler};

#[dependency]
fn config(db: Depends<db>) -> u8 { //~ ERROR dependency cycle: config -> db -> config
    *db
}

#[dependency]
async fn db(config: Depends<config>) -> u8 {
    *config
}

#[handler]
fn read(db: Depends<db>) -> u8 {
    *db
}

fn main() {}
