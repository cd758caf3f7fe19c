#![deny(warnings)]

use std::marker::PhantomData;

use hueless::{App, Call, Depends, dependency, handler};

pub trait Backend: Send + Sync + 'static {
    const NAME: &'static str;
}

pub struct Postgres;
pub struct Sqlite;

impl Backend for Postgres {
    const NAME: &'static str = "postgres";
}

impl Backend for Sqlite {
    const NAME: &'static str = "sqlite";
}

pub struct Repo<B>(PhantomData<B>);

#[dependency]
fn repo<B: Backend>() -> Repo<B> {
    Repo(PhantomData)
}

#[handler]
fn list<B>(repo: Depends<repo<B>>) -> &'static str
where
    B: Backend,
{
    let _: &Repo<B> = &repo;
    B::NAME
}

#[handler]
async fn both(_one: Depends<repo<Postgres>>, _two: Depends<repo<Sqlite>>) -> u8 {
    2
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let app = App::new();
    assert_eq!(
        app.run(list::<Postgres>::handler, Call::new())
            .await
            .unwrap(),
        "postgres"
    );
    assert_eq!(
        app.run(list::<Sqlite>::handler, Call::new()).await.unwrap(),
        "sqlite"
    );
    assert_eq!(app.run(both::handler, Call::new()).await.unwrap(), 2);
}
