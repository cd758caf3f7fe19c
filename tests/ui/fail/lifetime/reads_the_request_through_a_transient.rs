use axum::http::HeaderMap;
use hueless::{Depends, dependency};

#[dependency(transient)]
fn token(headers: HeaderMap) -> usize {
    headers.len()
}

#[dependency(singleton)]
fn pool(token: Depends<token>) -> usize { //~ ERROR a singleton lives longer than a request: pool -> token, and `token` reads `HeaderMap` from the request
    *token
}

fn main() {}
