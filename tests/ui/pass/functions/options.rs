//! All that can stand between the parentheses.
#![deny(warnings)]

use hueless::{App, Call, Depends, dependency, handler};

#[dependency(guard)]
async fn rate() -> u8 {
    1
}

#[dependency(guard, inline, requires(rate))]
fn user() -> Result<u8, String> {
    Ok(1)
}

#[dependency(cpu)]
fn digest() -> u8 {
    2
}

#[dependency(singleton, crate = ::hueless)]
fn config() -> u8 {
    3
}

#[dependency(transient, executor, after(digest, user))]
async fn clock(config: Depends<config>) -> u8 {
    *config
}

#[dependency(singleton)]
struct Services {
    config: Depends<config>,
}

#[handler()]
fn plain(clock: Depends<clock>, digest: Depends<digest>) -> u8 {
    *clock + *digest
}

#[handler(sequential, requires(user, self::rate), after(config))]
async fn all(services: Depends<Services>, user: Depends<user>) -> u8 {
    *services.config + *user
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new();
    assert_eq!(app.run(plain::handler, Call::new()).await.unwrap(), 5);
    assert_eq!(app.run(all::handler, Call::new()).await.unwrap(), 4);
}
