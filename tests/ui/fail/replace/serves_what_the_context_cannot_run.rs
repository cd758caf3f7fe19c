use axum::http::HeaderMap;
use hueless::{App, Call, Depends, dependency, handler};

#[dependency]
fn user(headers: HeaderMap) -> String {
    format!("{headers:?}")
}

#[handler]
fn read(user: Depends<user>) -> String {
    user.to_string()
}

fn main() {
    let _ = App::builder().on::<Call>().serves(read::handler); //~ ERROR the context `Call` cannot run the handler `read`
}
