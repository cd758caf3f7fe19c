//! auto-di: functions that register themselves, a context of its own for each request. The colouring is
//! its profile.

use auto_di::Container;
use hueless_benches::Competitor;
use hueless_benches::seven::values::{ANSWER, Db, Perms, User, answer};
use tokio::task::spawn_blocking;

use crate::by_hand::joined;

pub(crate) const NAME: &str = "auto-di";

fn container(profile: &str) -> Container {
    Container::with_profiles([profile]).expect("each type has one provider")
}

async fn request(app: Container, blocks: bool) -> u64 {
    let request = app.request_context();
    let user = request.resolve::<User>().await;
    let perms = request.resolve::<Perms>().await;
    let db = request.resolve::<Db>().await;
    match (user, perms, db) {
        (Ok(user), Ok(perms), Ok(db)) if blocks => {
            joined(spawn_blocking(move || answer(&user, &perms, &db))).await
        }
        (Ok(user), Ok(perms), Ok(db)) => answer(&user, &perms, &db),
        _ => 0,
    }
}

pub(crate) fn all_async() -> Competitor {
    let app = container("all async");
    Competitor::new(NAME, ANSWER, move || request(app.clone(), false))
}

pub(crate) fn mixed() -> Competitor {
    let app = container("mixed");
    let competitor = Competitor::new(NAME, ANSWER, move || request(app.clone(), false));
    competitor.note("its option `blocking`, a hop each")
}

pub(crate) fn all_blocking() -> Competitor {
    let app = container("all blocking");
    let competitor = Competitor::new(NAME, ANSWER, move || request(app.clone(), true));
    competitor.note("its option `blocking`, a hop each, and one by hand for the handler")
}

mod providers_all_async {
    use std::sync::Arc;

    use auto_di::provider;
    use hueless_benches::seven::values::{Config, Db, Perms, Session, Token, User};

    #[provider(scope = "request", profile = "all async")]
    async fn config() -> Config {
        Config::new()
    }

    #[provider(scope = "request", profile = "all async")]
    async fn db(config: Arc<Config>) -> Db {
        Db::new(&config)
    }

    #[provider(scope = "request", profile = "all async")]
    async fn token() -> Token {
        Token::new()
    }

    #[provider(scope = "request", profile = "all async")]
    async fn session(db: Arc<Db>) -> Session {
        Session::new(&db)
    }

    #[provider(scope = "request", profile = "all async")]
    async fn user(token: Arc<Token>, session: Arc<Session>) -> User {
        User::new(&token, &session)
    }

    #[provider(scope = "request", profile = "all async")]
    async fn perms(user: Arc<User>, session: Arc<Session>) -> Perms {
        Perms::new(&user, &session)
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "what is injected is an `Arc`"
)]
mod providers_mixed {
    use std::sync::Arc;

    use auto_di::provider;
    use hueless_benches::seven::values::{Config, Db, Perms, Session, Token, User};

    #[provider(scope = "request", profile = "mixed")]
    async fn config() -> Config {
        Config::new()
    }

    #[provider(scope = "request", profile = "mixed")]
    async fn db(config: Arc<Config>) -> Db {
        Db::new(&config)
    }

    #[provider(scope = "request", profile = "mixed", blocking)]
    fn token() -> Token {
        Token::new()
    }

    #[provider(scope = "request", profile = "mixed", blocking)]
    fn session(db: Arc<Db>) -> Session {
        Session::new(&db)
    }

    #[provider(scope = "request", profile = "mixed")]
    async fn user(token: Arc<Token>, session: Arc<Session>) -> User {
        User::new(&token, &session)
    }

    #[provider(scope = "request", profile = "mixed", blocking)]
    fn perms(user: Arc<User>, session: Arc<Session>) -> Perms {
        Perms::new(&user, &session)
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "what is injected is an `Arc`"
)]
mod providers_all_blocking {
    use std::sync::Arc;

    use auto_di::provider;
    use hueless_benches::seven::values::{Config, Db, Perms, Session, Token, User};

    #[provider(scope = "request", profile = "all blocking", blocking)]
    fn config() -> Config {
        Config::new()
    }

    #[provider(scope = "request", profile = "all blocking", blocking)]
    fn db(config: Arc<Config>) -> Db {
        Db::new(&config)
    }

    #[provider(scope = "request", profile = "all blocking", blocking)]
    fn token() -> Token {
        Token::new()
    }

    #[provider(scope = "request", profile = "all blocking", blocking)]
    fn session(db: Arc<Db>) -> Session {
        Session::new(&db)
    }

    #[provider(scope = "request", profile = "all blocking", blocking)]
    fn user(token: Arc<Token>, session: Arc<Session>) -> User {
        User::new(&token, &session)
    }

    #[provider(scope = "request", profile = "all blocking", blocking)]
    fn perms(user: Arc<User>, session: Arc<Session>) -> Perms {
        Perms::new(&user, &session)
    }
}
