//! Who is known here.

/// Somebody who is known, with what they may do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Account {
    pub(crate) name: &'static str,
    pub(crate) scopes: &'static [&'static str],
    token: &'static str,
    password: &'static str,
    key: &'static str,
}

/// A real service asks its database, in a plain `fn`, and keeps hashes instead of these.
const ACCOUNTS: [Account; 2] = [
    Account {
        name: "ada",
        scopes: &["write", "admin"],
        token: "ada-counts",
        password: "engine",
        key: "key-of-ada",
    },
    Account {
        name: "grace",
        scopes: &[],
        token: "grace-compiles",
        password: "cobol",
        key: "key-of-grace",
    },
];

impl Account {
    pub(crate) fn by_token(token: &str) -> Option<Self> {
        ACCOUNTS
            .into_iter()
            .find(|account| same(account.token, token))
    }

    pub(crate) fn by_password(name: &str, password: &str) -> Option<Self> {
        let mut named = ACCOUNTS.into_iter().filter(|account| account.name == name);
        named.find(|account| same(account.password, password))
    }

    pub(crate) fn by_key(key: &str) -> Option<Self> {
        ACCOUNTS.into_iter().find(|account| same(account.key, key))
    }
}

/// Takes as long for a guess that begins well as for one that does not: how long an answer takes
/// tells nobody how far they are.
fn same(secret: &str, guess: &str) -> bool {
    let pairs = secret.bytes().zip(guess.bytes());
    let difference = pairs.fold(0, |difference, (one, other)| difference | (one ^ other));
    secret.len() == guess.len() && std::hint::black_box(difference) == 0
}
