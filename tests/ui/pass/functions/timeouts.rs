//! How long things may take.
#![deny(warnings)]

use std::time::Duration;

use hueless::{App, Call, Depends, Provider, dependency, handler};

#[dependency(timeout = "2s")]
async fn awaited() -> u8 {
    1
}

#[dependency(timeout = "1h 30m", guard)]
fn plain() -> Result<u8, String> {
    Ok(2)
}

#[dependency(cpu, timeout = "500ms")]
fn digest() -> u8 {
    3
}

macro_rules! limited {
    ($name:ident, $time:literal) => {
        #[dependency(transient, timeout = $time)]
        fn $name() -> u8 {
            4
        }
    };
}

limited!(limited, "1m30s 250us");

#[handler(timeout = "10s")]
fn read(
    awaited: Depends<awaited>,
    plain: Depends<plain>,
    digest: Depends<digest>,
    limited: Depends<limited>,
) -> u8 {
    *awaited + *plain + *digest + *limited
}

// It bounds the whole run, so the handler may run in place.
#[handler(inline, timeout = "10s")]
fn quick(awaited: Depends<awaited>) -> u8 {
    *awaited
}

#[tokio::main]
async fn main() {
    let app = App::new();
    assert_eq!(app.run(read::handler, Call::new()).await.unwrap(), 10);
    assert_eq!(app.run(quick::handler, Call::new()).await.unwrap(), 1);
    assert_eq!(awaited::meta().timeout, Some(Duration::from_secs(2)));
    assert_eq!(plain::meta().timeout, Some(Duration::from_secs(5400)));
    assert_eq!(digest::meta().timeout, Some(Duration::from_millis(500)));
    assert_eq!(
        limited::meta().timeout,
        Some(Duration::from_micros(90_000_250))
    );
}
