//! What is asked for.

use hueless::{Depends, handler};

use crate::api_key::subscriber;
use crate::basic::signed_in;
use crate::bearer::caller;
use crate::scopes::{Write, scope};

/// `GET /me`, with a token.
#[handler]
pub(crate) async fn me(caller: Depends<caller>) -> String {
    caller.name.to_owned()
}

/// `GET /books`, with the token of any user.
#[handler(requires(caller))]
pub(crate) async fn books() -> &'static str {
    "Sketch of the Analytical Engine"
}

/// `POST /books`, with a token that has the scope `write`. The body is read after that was checked.
#[handler]
pub(crate) async fn add(author: Depends<scope<Write>>, title: String) -> String {
    format!("{title}, by {}", author.name)
}

/// `GET /report`, with a password.
#[handler]
pub(crate) async fn report(reader: Depends<signed_in>) -> String {
    format!("for {} only", reader.name)
}

/// `GET /feed`, with an API key.
#[handler]
pub(crate) async fn feed(subscriber: Depends<subscriber>) -> String {
    format!("news for {}", subscriber.name)
}

/// `GET /admin/usage`: the router it is in asks for the scope `admin`.
#[handler]
pub(crate) async fn usage() -> &'static str {
    "much is read"
}
