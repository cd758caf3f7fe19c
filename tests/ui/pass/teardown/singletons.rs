//! Singletons that are ended with the App.
#![deny(warnings)]

use hueless::{App, Call, Depends, Outcome, dependency, handler};

#[dependency(singleton, teardown = close)]
async fn pool() -> Result<u8, String> {
    Ok(1)
}

async fn close(_pool: Depends<pool>, _outcome: Outcome) -> Result<(), String> {
    Ok(())
}

#[dependency(singleton, cpu, teardown = burn, timeout = "1m")]
fn table() -> u8 {
    2
}

fn burn(_table: Depends<table>, _outcome: Outcome) {}

#[dependency(singleton, teardown = Self::close)]
struct Services {
    pool: Depends<pool>,
    table: Depends<table>,
}

impl Services {
    fn close(_services: Depends<Self>, _outcome: Outcome) {}
}

#[handler]
fn read(services: Depends<Services>) -> u8 {
    *services.pool + *services.table
}

#[tokio::main]
async fn main() {
    let app = App::new();
    assert_eq!(app.run(read::handler, Call::new()).await.unwrap(), 3);
}
