use axum::http::HeaderMap;
use hueless::dependency;

#[dependency(singleton)]
fn pool(headers: HeaderMap) -> usize { //~ ERROR a singleton lives longer than a request: pool reads `HeaderMap` from the request
    headers.len()
}

fn main() {}
