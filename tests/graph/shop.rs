//! A graph with everything that a picture has to show.

use hueless::{Depends, Input, Outcome, dependency, handler};

#[dependency(singleton)]
pub(crate) async fn config() -> u32 {
    30
}

#[dependency(singleton, teardown = close)]
pub(crate) fn pool(config: Depends<config>) -> u32 {
    *config
}

fn close(_pool: Depends<pool>, _outcome: Outcome) {}

#[dependency(limit = 8, queue = 100, after_response = give_back, timeout = "2s")]
pub(crate) fn connection(pool: Depends<pool>) -> Result<u32, String> {
    Ok(*pool)
}

fn give_back(_connection: Depends<connection>, _outcome: Outcome) {}

#[dependency(guard)]
pub(crate) fn user(connection: Depends<connection>, Input(id): Input<u32>) -> u32 {
    *connection + id
}

#[dependency(transient)]
pub(crate) fn number() -> u32 {
    7
}

#[dependency(inline)]
pub(crate) fn page<const MAX: u32>(Input(wanted): Input<u32>) -> u32 {
    wanted.min(MAX)
}

#[dependency]
pub(crate) struct Basket {
    pub(crate) user: Depends<user>,
    pub(crate) connection: Depends<connection>,
}

#[dependency(cpu)]
pub(crate) fn prices(basket: Depends<Basket>, number: Depends<number>) -> u32 {
    *basket.user + *basket.connection + *number
}

#[dependency(after(prices), requires(user))]
pub(crate) async fn discount(Input(code): Input<String>, Input(at): Input<u64>) -> u64 {
    code.len() as u64 + at
}

/// Blocking to the end, in one hop.
#[handler]
pub(crate) fn list(basket: Depends<Basket>, page: Depends<page<100>>) -> u32 {
    *basket.user + *page
}

/// Of every colour.
#[handler(requires(user), timeout = "5s")]
pub(crate) async fn buy(
    prices: Depends<prices>,
    discount: Depends<discount>,
    number: Depends<number>,
) -> u64 {
    u64::from(*prices) - *discount + u64::from(*number)
}
