//! A dependency that is a parameter, or belongs to one.
#![deny(warnings)]

use hueless::{App, Call, Depends, Provider, dependency, handler};

pub trait Service: 'static {
    type Pool: Provider<Output = u8> + hueless::Dependency<Call>;
}

pub struct Orders;

impl Service for Orders {
    type Pool = pool;
}

#[dependency(singleton)]
pub fn pool() -> u8 {
    1
}

type Shared<T> = Depends<T>;

#[dependency]
fn twice<T: Provider<Output = u8>>(value: Depends<T>, #[depends] same: Shared<T>) -> u8 {
    *value + *same
}

#[dependency]
fn first<S: Service>(pool: Depends<S::Pool>, again: Depends<<S as Service>::Pool>) -> u8 {
    *pool + *again
}

#[handler]
fn read(twice: Depends<twice<pool>>, first: Depends<first<Orders>>) -> u8 {
    *twice + *first
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    assert_eq!(App::new().run(read::handler, Call::new()).await.unwrap(), 4);
}
