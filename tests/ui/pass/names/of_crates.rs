//! Modules of the user's with the names of crates.
#![deny(warnings)]

mod app {
    use ::hueless::{App, Call, Depends, Input, dependency, handler};

    pub mod std {}
    pub mod core {}
    pub mod alloc {}
    pub mod hueless {}
    pub mod tokio {}
    pub mod __private {}

    #[dependency(singleton)]
    async fn one() -> u8 {
        1
    }

    #[dependency]
    fn two(one: Depends<one>) -> Result<u8, String> {
        Ok(*one + 1)
    }

    #[dependency]
    struct Both {
        one: Depends<one>,
        two: Depends<two>,
    }

    #[handler(requires(two))]
    async fn read(both: Depends<Both>, Input(more): Input<u8>) -> u8 {
        *both.one + *both.two + more
    }

    pub async fn run() {
        let call = Call::new().with(1_u8);
        assert_eq!(App::new().run(read::handler, call).await.unwrap(), 4);
    }
}

#[::tokio::main(flavor = "current_thread")]
async fn main() {
    app::run().await;
}
