use axum::http::HeaderMap;
use hueless::{App, Call, dependency};

#[dependency]
fn user() -> String {
    "ada".to_owned()
}

#[dependency]
fn fake_user(headers: HeaderMap) -> String {
    format!("{headers:?}")
}

fn main() {
    let _ = App::builder().on::<Call>().replace::<user, fake_user>(); //~ ERROR `HeaderMap` cannot be read from the context `Call`
}
