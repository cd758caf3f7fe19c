//! Rocket, which runs a plain `fn` where it runs everything else.

use rocket::config::{Config, LogLevel};
use rocket::fairing::AdHoc;
use rocket::{get, routes};

use super::listener;
use crate::AnyError;
use crate::work;

#[get("/ping")]
async fn ping() -> &'static str {
    work::hello()
}

#[get("/plain")]
fn plain() -> &'static str {
    work::hello()
}

#[get("/slow")]
fn slow() -> &'static str {
    work::slow()
}

pub(crate) fn serve() -> Result<(), AnyError> {
    // It takes no listener, but says where it listens.
    let tell = AdHoc::on_liftoff("tell", |rocket| {
        Box::pin(async { listener::tell(rocket.config().port) })
    });
    let config = Config {
        port: 0,
        log_level: LogLevel::Off,
        ..Config::release_default()
    };
    let rocket = rocket::custom(config)
        .mount("/", routes![ping, plain, slow])
        .attach(tell);
    rocket::execute(rocket.launch())
        .map(drop)
        .map_err(|error| error.to_string().into())
}
