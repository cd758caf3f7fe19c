//! One `use` imports the function and the type.
#![deny(warnings)]

mod shop {
    use hueless::{Depends, dependency, handler};

    #[dependency]
    pub(crate) fn db() -> u8 {
        1
    }

    #[handler]
    pub(crate) fn read(db: Depends<db>) -> u8 {
        *db
    }
}

mod facade {
    pub(crate) use super::shop::{db as database, read};
}

use facade::{database, read};
use hueless::{App, Call, Depends, handler};

#[handler]
async fn twice(database: Depends<database>) -> u8 {
    *database + self::database()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new();
    assert_eq!(read(Depends::new(database())), 1);
    assert_eq!(app.run(read::handler, Call::new()).await.unwrap(), 1);
    assert_eq!(app.run(twice::handler, Call::new()).await.unwrap(), 2);
}
