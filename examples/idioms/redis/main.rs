//! redis: one connection for the app, a handle to it for whoever uses it.
//!
//! A `ConnectionManager` sends the commands of many requests over one connection, and connects anew
//! when that is lost. Its clones are cheap, and a command needs `&mut`: so the manager is a singleton,
//! and its clone is `transient`, owned by its one user.
//!
//! ```text
//! cargo run --example with-redis    # a stand-in for Redis, in this process
//! REDIS_URL=redis://127.0.0.1 cargo run --example with-redis    # a real one
//! ```

mod stand_in;

use std::env;

use hueless::{App, BoxError, Call, Depends, Input, dependency, handler};
use redis::aio::ConnectionManager;
use redis::{AsyncCommands, Client, RedisError};

#[dependency(singleton)]
async fn manager() -> Result<ConnectionManager, RedisError> {
    let url = if let Ok(url) = env::var("REDIS_URL") {
        println!("using the server in REDIS_URL");
        url
    } else {
        println!("using a stand-in for Redis, in this process");
        stand_in::start().await?
    };
    ConnectionManager::new(Client::open(url)?).await
}

#[dependency(transient, inline)]
fn connection(manager: Depends<manager>) -> ConnectionManager {
    // `manager.clone()` would be another handle to the value, not to the connection.
    ConnectionManager::clone(&manager)
}

#[derive(Clone)]
struct Page(&'static str);

#[dependency(inline)]
fn key(Input(Page(page)): Input<Page>) -> String {
    format!("hueless:visits:{page}")
}

#[handler]
async fn visit(mut connection: Depends<connection>, key: Depends<key>) -> Result<u64, RedisError> {
    connection.incr(&*key, 1).await
}

#[handler]
async fn visits(
    mut connection: Depends<connection>,
    key: Depends<key>,
) -> Result<Option<u64>, RedisError> {
    connection.get(&*key).await
}

#[handler]
async fn forget(mut connection: Depends<connection>, key: Depends<key>) -> Result<(), RedisError> {
    connection.del(&*key).await
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let app = App::new();
    let books = || Call::new().with(Page("/books"));
    app.run(forget::handler, books()).await??;
    println!("before: {:?}", app.run(visits::handler, books()).await??);

    let visit = || app.run(visit::handler, books());
    let (first, second, third) = tokio::try_join!(visit(), visit(), visit())?;
    let mut numbers = [first?, second?, third?];
    numbers.sort_unstable();
    println!("visits at once: {numbers:?}");

    println!("after: {:?}", app.run(visits::handler, books()).await??);
    app.run(forget::handler, books()).await??;
    println!("forgotten: {:?}", app.run(visits::handler, books()).await??);
    Ok(())
}
