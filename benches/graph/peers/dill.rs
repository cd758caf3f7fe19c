//! dill: components in a catalogue, a catalogue chained to it for each request. It is sync throughout.

use dill::scopes::{Transaction, TransactionCache};
use dill::{Catalog, component, scope};
use hueless_benches::Competitor;
use hueless_benches::seven::values::{self, ANSWER, answer};
use tokio::task::spawn_blocking;

use crate::by_hand::joined;

pub(crate) const NAME: &str = "dill";

// Components are types of one's own.

struct Config(values::Config);

#[component]
#[scope(Transaction)]
impl Config {
    fn new() -> Self {
        Self(values::Config::new())
    }
}

struct Db(values::Db);

#[component]
#[scope(Transaction)]
impl Db {
    fn new(config: &Config) -> Self {
        Self(values::Db::new(&config.0))
    }
}

struct Token(values::Token);

#[component]
#[scope(Transaction)]
impl Token {
    fn new() -> Self {
        Self(values::Token::new())
    }
}

struct Session(values::Session);

#[component]
#[scope(Transaction)]
impl Session {
    fn new(db: &Db) -> Self {
        Self(values::Session::new(&db.0))
    }
}

struct User(values::User);

#[component]
#[scope(Transaction)]
impl User {
    fn new(token: &Token, session: &Session) -> Self {
        Self(values::User::new(&token.0, &session.0))
    }
}

struct Perms(values::Perms);

#[component]
#[scope(Transaction)]
impl Perms {
    fn new(user: &User, session: &Session) -> Self {
        Self(values::Perms::new(&user.0, &session.0))
    }
}

fn request(app: &Catalog) -> u64 {
    let cache = TransactionCache::new();
    let request = app.builder_chained().add_value(cache).build();
    let user = request.get_one::<User>();
    let perms = request.get_one::<Perms>();
    let db = request.get_one::<Db>();
    match (user, perms, db) {
        (Ok(user), Ok(perms), Ok(db)) => answer(&user.0, &perms.0, &db.0),
        _ => 0,
    }
}

pub(crate) fn all_blocking() -> Competitor {
    let app = Catalog::builder()
        .add::<Config>()
        .add::<Db>()
        .add::<Token>()
        .add::<Session>()
        .add::<User>()
        .add::<Perms>()
        .build();
    let competitor = Competitor::new(NAME, ANSWER, move || {
        let app = app.clone();
        joined(spawn_blocking(move || request(&app)))
    });
    competitor.note("within one hop by hand; it is sync, so it is in no other table")
}
