//! hueless under another name: there is no crate `hueless` here, so whatever is generated has to
//! come from where `crate = path` says.
#![deny(warnings)]

use renamed::{App, Call, Depends, Graph, Input, dependency, handler};

#[dependency(singleton, crate = ::renamed)]
async fn config() -> Result<u8, String> {
    Ok(1)
}

#[dependency(guard, inline, crate = renamed)]
fn user(config: Depends<config>, Input(id): Input<u8>) -> Result<u8, String> {
    Ok(*config + id)
}

#[dependency(cpu, crate = ::renamed)]
fn digest<T: Into<u8> + Clone + Send>(Input(value): Input<T>) -> u8 {
    value.into()
}

type Digest = Depends<digest<u8>>;

#[dependency(transient, crate = ::renamed)]
struct Page {
    user: Depends<user>,
    #[depends]
    digest: Digest,
    #[cfg(any())]
    gone: Gone,
}

#[handler(requires(user), crate = ::renamed)]
fn read(page: Depends<Page>, Input(more): Input<u8>) -> u8 {
    *page.user + *page.digest + more
}

#[handler(sequential, after(user), crate = ::renamed)]
async fn wait(user: Depends<user>) -> u8 {
    *user
}

#[tokio::test]
async fn handlers_run() {
    let app = App::new();
    let call = || Call::new().with(2_u8);
    assert_eq!(app.run(read::handler, call()).await.unwrap(), 7);
    assert_eq!(app.run(wait::handler, call()).await.unwrap(), 3);
}

#[test]
fn graphs_are_drawn() {
    assert!(Graph::of::<read>().to_string().contains("digest"));
}
