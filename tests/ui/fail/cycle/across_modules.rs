use hueless::{Depends, dependency};

mod config {
    use hueless::{Depends, dependency};

    #[dependency]
    pub fn settings(db: Depends<super::db>) -> u8 { //~ ERROR dependency cycle: settings -> db -> settings
        *db
    }
}

#[dependency]
fn db(settings: Depends<config::settings>) -> u8 {
    *settings
}

fn main() {}
