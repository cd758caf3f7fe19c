//! Blocks of statements, where a `use` or an item of the user's may hide others.
#![deny(warnings)]

use hueless::{App, Call, Depends, dependency, handler};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    #[allow(dead_code)]
    struct Result;
    #[allow(dead_code)]
    fn rejecting() {}

    #[dependency]
    fn db() -> core::result::Result<u8, String> {
        Ok(1)
    }

    {
        #[dependency]
        fn user(db: Depends<db>) -> u8 {
            *db
        }

        #[handler]
        async fn read(user: Depends<user>) -> u8 {
            *user
        }

        assert_eq!(App::new().run(read::handler, Call::new()).await.unwrap(), 1);
    }
}
