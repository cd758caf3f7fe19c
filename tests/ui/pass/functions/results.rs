//! Handlers that can fail, however their `Result` is written.
#![deny(warnings)]

use std::{fmt, io};

use hueless::{App, Call, handler};

type Failing<T> = Result<T, String>;

mod database {
    pub type Result<T> = std::result::Result<T, std::string::String>;
}

#[handler]
fn plain() -> Result<u8, String> {
    Err("plain".to_owned())
}

#[handler]
async fn awaited() -> std::result::Result<impl fmt::Display + Send, String> {
    Ok(1)
}

#[handler]
fn of_another_crate() -> io::Result<u8> {
    Ok(2)
}

#[handler]
async fn of_a_module<T: Default + Send>() -> database::Result<T> {
    Ok(T::default())
}

// An alias of another name is not seen: its value is the whole `Result`.
#[handler]
fn aliased() -> Failing<u8> {
    Err("aliased".to_owned())
}

#[tokio::main]
async fn main() {
    let app = App::new();
    let returned = app.run(plain::handler, Call::new()).await.unwrap();
    assert_eq!(returned, Err("plain".to_owned()));
    let returned = app.run(awaited::handler, Call::new()).await.unwrap();
    assert_eq!(returned.map(|one| one.to_string()), Ok("1".to_owned()));
    let returned = app.run(of_another_crate::handler, Call::new()).await;
    assert_eq!(returned.unwrap().unwrap(), 2);
    let returned = app.run(of_a_module::<u8>::handler, Call::new()).await;
    assert_eq!(returned.unwrap(), Ok(0));
    let returned = app.run(aliased::handler, Call::new()).await.unwrap();
    assert_eq!(returned, Err("aliased".to_owned()));
}
