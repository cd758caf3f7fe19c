//! `with-redis`: requests at once share a connection, to the stand-in and to a real server.

#[path = "../../tests/printed/mod.rs"]
mod printed;

use std::env;
use std::io::{self, Write};

use expect_test::expect;

use self::printed::{example, printed};

#[test]
fn without_a_server_a_stand_in_counts() {
    expect![[r#"
        using a stand-in for Redis, in this process
        before: None
        visits at once: [1, 2, 3]
        after: Some(3)
        forgotten: None
    "#]]
    .assert_eq(&printed(example("with-redis").env_remove("REDIS_URL")));
}

#[test]
fn with_a_server_that_counts() {
    let Ok(url) = env::var("HUELESS_REDIS") else {
        // Not `eprintln!`, which the harness keeps to itself.
        let skipped = b"skipped: `HUELESS_REDIS` names no server; `.ci/services` starts one\n";
        drop(io::stderr().write_all(skipped));
        return;
    };
    expect![[r#"
        using the server in REDIS_URL
        before: None
        visits at once: [1, 2, 3]
        after: Some(3)
        forgotten: None
    "#]]
    .assert_eq(&printed(example("with-redis").env("REDIS_URL", url)));
}
