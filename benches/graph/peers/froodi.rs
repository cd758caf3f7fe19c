//! froodi: factories in a registry, a container of its own for each request.

use froodi::DefaultScope::Request;
use froodi::async_impl::Container;
use froodi::{Container as SyncContainer, Inject, registry};
use hueless_benches::Competitor;
use hueless_benches::seven::values::{ANSWER, Config, Db, Perms, Session, Token, User, answer};
use tokio::task::spawn_blocking;

use crate::by_hand::joined;

pub(crate) const NAME: &str = "froodi";

async fn request(app: Container) -> u64 {
    let request = app.enter_build().expect("requests are in the app");
    let user = request.get::<User>().await;
    let perms = request.get::<Perms>().await;
    let db = request.get::<Db>().await;
    match (user, perms, db) {
        (Ok(user), Ok(perms), Ok(db)) => answer(&user, &perms, &db),
        _ => 0,
    }
}

fn on_task(app: Container) -> Competitor {
    Competitor::new(NAME, ANSWER, move || request(app.clone()))
}

pub(crate) fn all_async() -> Competitor {
    on_task(Container::new(registry! {
        scope(Request) [
            provide(async || Ok(Config::new())),
            provide(async |Inject(config): Inject<Config>| Ok(Db::new(&config))),
            provide(async || Ok(Token::new())),
            provide(async |Inject(db): Inject<Db>| Ok(Session::new(&db))),
            provide(async |Inject(token): Inject<Token>, Inject(session): Inject<Session>| {
                Ok(User::new(&token, &session))
            }),
            provide(async |Inject(user): Inject<User>, Inject(session): Inject<Session>| {
                Ok(Perms::new(&user, &session))
            }),
        ],
    }))
}

pub(crate) fn mixed() -> Competitor {
    let competitor = on_task(Container::new(registry! {
        scope(Request) [
            provide(async || Ok(Config::new())),
            provide(async |Inject(config): Inject<Config>| Ok(Db::new(&config))),
            provide(async || Ok(joined(spawn_blocking(Token::new)).await)),
            provide(async |Inject(db): Inject<Db>| {
                Ok(joined(spawn_blocking(move || Session::new(&db))).await)
            }),
            provide(async |Inject(token): Inject<Token>, Inject(session): Inject<Session>| {
                Ok(User::new(&token, &session))
            }),
            provide(async |Inject(user): Inject<User>, Inject(session): Inject<Session>| {
                Ok(joined(spawn_blocking(move || Perms::new(&user, &session))).await)
            }),
        ],
    }));
    competitor.note("blocking factories hop by hand")
}

pub(crate) fn all_blocking() -> Competitor {
    let app = SyncContainer::new(registry! {
        scope(Request) [
            provide(|| Ok(Config::new())),
            provide(|Inject(config): Inject<Config>| Ok(Db::new(&config))),
            provide(|| Ok(Token::new())),
            provide(|Inject(db): Inject<Db>| Ok(Session::new(&db))),
            provide(|Inject(token): Inject<Token>, Inject(session): Inject<Session>| {
                Ok(User::new(&token, &session))
            }),
            provide(|Inject(user): Inject<User>, Inject(session): Inject<Session>| {
                Ok(Perms::new(&user, &session))
            }),
        ],
    });
    let competitor = Competitor::new(NAME, ANSWER, move || {
        let app = app.clone();
        joined(spawn_blocking(move || request_in_place(app)))
    });
    competitor.note("its sync container, within one hop by hand")
}

fn request_in_place(app: SyncContainer) -> u64 {
    let request = app.enter_build().expect("requests are in the app");
    match (
        request.get::<User>(),
        request.get::<Perms>(),
        request.get::<Db>(),
    ) {
        (Ok(user), Ok(perms), Ok(db)) => answer(&user, &perms, &db),
        _ => 0,
    }
}
