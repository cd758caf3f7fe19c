//! Who is known here.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordVerifier};
use subtle::ConstantTimeEq;

/// A known user, with what they may do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Account {
    pub(crate) name: &'static str,
    pub(crate) scopes: &'static [&'static str],
    token: &'static str,
    /// The hash of the password, with its salt and its cost.
    password: &'static str,
    key: &'static str,
}

/// A real service asks its database, in a plain `fn`. It keeps hashes of tokens and keys too; as those
/// are long and random, a fast hash does.
const ACCOUNTS: [Account; 2] = [
    Account {
        name: "ada",
        scopes: &["write", "admin"],
        token: "ada-counts",
        password: "$argon2id$v=19$m=19456,t=2,p=1$nE1RpHTn2Fy1zTW1DXNX5Q$jRw/GF7VSJBlDjNheNsCM2/5ipQ+wCF0TAB8LiUSDEI",
        key: "key-of-ada",
    },
    Account {
        name: "grace",
        scopes: &[],
        token: "grace-compiles",
        password: "$argon2id$v=19$m=19456,t=2,p=1$9lpFtteq/CLpyv0u+uxfPg$rtXEdX5y3DiTSmtZ6nmJ5V7XCcr6aSZMEV+mdWiVTF0",
        key: "key-of-grace",
    },
];

/// The hash of a password that nobody has, at the cost of the others.
const OF_NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Cn9irvVUGHue8369R2O8sg$Vq2tBrUJskbHdKvRN+3APTnusNFKhQm+ibSoa9xMo04";

impl Account {
    pub(crate) fn by_token(token: &str) -> Option<Self> {
        let mut accounts = ACCOUNTS.into_iter();
        accounts.find(|account| same(account.token, token.as_bytes()))
    }

    /// Takes long, as a password hash is meant to. An unknown name takes as long as a known one, so
    /// the time does not tell which names there are.
    pub(crate) fn by_password(name: &str, password: &str) -> Option<Self> {
        let account = ACCOUNTS.into_iter().find(|account| account.name == name);
        let hash = account.map_or(OF_NOBODY, |account| account.password);
        let hash = PasswordHash::new(hash).expect("argon2 made it");
        let verified = Argon2::default().verify_password(password.as_bytes(), &hash);
        account.filter(|_| verified.is_ok())
    }

    pub(crate) fn by_key(key: &[u8]) -> Option<Self> {
        let mut accounts = ACCOUNTS.into_iter();
        accounts.find(|account| same(account.key, key))
    }
}

/// Compares in a time that tells nobody how well a guess of the right length begins.
fn same(secret: &str, guess: &[u8]) -> bool {
    secret.as_bytes().ct_eq(guess).into()
}
