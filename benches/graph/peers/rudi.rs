//! rudi: providers in a module. It knows no requests, so each has a context of its own, in which
//! singletons are made once.

use hueless_benches::Competitor;
use hueless_benches::seven::values::{ANSWER, Config, Db, Perms, Session, Token, User, answer};
use rudi::{
    Context, DynProvider, FutureExt, Module, modules, providers, singleton, singleton_async,
};
use tokio::task::spawn_blocking;

use crate::by_hand::joined;

pub(crate) const NAME: &str = "rudi";

struct AllAsync;
struct Mixed;
struct AllBlocking;

impl Module for AllAsync {
    fn providers() -> Vec<DynProvider> {
        providers![
            singleton_async(|_| async { Config::new() }.boxed()),
            singleton_async(|it| async { Db::new(&it.resolve_async().await) }.boxed()),
            singleton_async(|_| async { Token::new() }.boxed()),
            singleton_async(|it| async { Session::new(&it.resolve_async().await) }.boxed()),
            singleton_async(|it| {
                async { User::new(&it.resolve_async().await, &it.resolve_async().await) }.boxed()
            }),
            singleton_async(|it| {
                async { Perms::new(&it.resolve_async().await, &it.resolve_async().await) }.boxed()
            }),
        ]
    }
}

impl Module for Mixed {
    fn providers() -> Vec<DynProvider> {
        providers![
            singleton_async(|_| async { Config::new() }.boxed()),
            singleton_async(|it| async { Db::new(&it.resolve_async().await) }.boxed()),
            singleton_async(|_| joined(spawn_blocking(Token::new)).boxed()),
            singleton_async(|it| {
                async {
                    let db = it.resolve_async().await;
                    joined(spawn_blocking(move || Session::new(&db))).await
                }
                .boxed()
            }),
            singleton_async(|it| {
                async { User::new(&it.resolve_async().await, &it.resolve_async().await) }.boxed()
            }),
            singleton_async(|it| {
                async {
                    let (user, session) = (it.resolve_async().await, it.resolve_async().await);
                    joined(spawn_blocking(move || Perms::new(&user, &session))).await
                }
                .boxed()
            }),
        ]
    }
}

impl Module for AllBlocking {
    fn providers() -> Vec<DynProvider> {
        providers![
            singleton(|_| Config::new()),
            singleton(|it| Db::new(&it.resolve())),
            singleton(|_| Token::new()),
            singleton(|it| Session::new(&it.resolve())),
            singleton(|it| User::new(&it.resolve(), &it.resolve())),
            singleton(|it| Perms::new(&it.resolve(), &it.resolve())),
        ]
    }
}

async fn request<M: Module + 'static>() -> u64 {
    let mut request = Context::create(modules![M]);
    let user: User = request.resolve_async().await;
    let perms: Perms = request.resolve_async().await;
    let db: Db = request.resolve_async().await;
    answer(&user, &perms, &db)
}

pub(crate) fn all_async() -> Competitor {
    Competitor::on_caller(NAME, ANSWER, request::<AllAsync>).note(
        "it has no request scope, so a context for each request; its futures are not `Send`, so on \
         the thread that waits",
    )
}

pub(crate) fn mixed() -> Competitor {
    Competitor::on_caller(NAME, ANSWER, request::<Mixed>).note("blocking providers hop by hand")
}

pub(crate) fn all_blocking() -> Competitor {
    let request = || {
        let mut request = Context::create(modules![AllBlocking]);
        let (user, perms): (User, Perms) = (request.resolve(), request.resolve());
        answer(&user, &perms, &request.resolve())
    };
    let competitor = Competitor::new(NAME, ANSWER, move || joined(spawn_blocking(request)));
    competitor.note("its sync providers, within one hop by hand")
}
