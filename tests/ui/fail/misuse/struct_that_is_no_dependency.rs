use hueless::{Depends, dependency};

struct Db;

#[dependency]
async fn user(_db: Depends<Db>) -> u8 { //~ ERROR `Db` is not a dependency (4 times)
    1
}

fn main() {}
