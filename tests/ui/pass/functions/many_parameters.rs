//! As many parameters as one likes, where axum's own handlers stop at 16.
#![deny(warnings)]

use axum::Router;
use axum::http::{HeaderMap, Method, Uri, Version};
use axum::routing::post;
use hueless::{Depends, dependency, handler};

#[dependency]
fn one() -> u8 {
    1
}

#[dependency(transient)]
async fn two() -> u8 {
    2
}

#[handler]
#[expect(clippy::too_many_arguments, reason = "the case is about it")]
fn read(
    a: Depends<one>,
    b: Depends<one>,
    c: Depends<one>,
    d: Depends<one>,
    e: Depends<one>,
    f: Depends<one>,
    g: Depends<one>,
    h: Depends<one>,
    i: Depends<two>,
    j: Depends<two>,
    k: Depends<two>,
    l: Depends<two>,
    m: Depends<two>,
    n: Depends<two>,
    o: Depends<two>,
    p: Depends<two>,
    headers: HeaderMap,
    method: Method,
    uri: Uri,
    version: Version,
    body: String,
) -> String {
    let sum = *a + *b + *c + *d + *e + *f + *g + *h + *i + *j + *k + *l + *m + *n + *o + *p;
    format!("{sum} {headers:?} {method} {uri} {version:?} {body}")
}

fn main() {
    let _: Router = Router::new().route("/", post(read::handler));
}
