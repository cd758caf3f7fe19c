//! `with-redis`: requests at once share a connection, to the stand-in and to a real server.

#[path = "../../tests/support/mod.rs"]
mod support;

use std::env;
use std::io::{self, Write};
use std::process::Command;

use expect_test::{Expect, expect};

use self::support::example;

fn prints(example: &mut Command, expected: &Expect) {
    let output = example.output().expect("with-redis runs");
    assert!(output.status.success(), "{output:?}");
    expected.assert_eq(&String::from_utf8_lossy(&output.stdout));
}

#[test]
fn without_a_server_a_stand_in_counts() {
    prints(
        example("with-redis").env_remove("REDIS_URL"),
        &expect![[r#"
            a stand-in, in this process
            before: None
            visits at once: [1, 2, 3]
            after: Some(3)
            forgotten: None
        "#]],
    );
}

#[test]
fn with_a_server_that_counts() {
    let Ok(url) = env::var("HUELESS_REDIS") else {
        // Not `eprintln!`, which the harness keeps to itself.
        let skipped = b"skipped: `HUELESS_REDIS` names no server; `.ci/services` starts one\n";
        drop(io::stderr().write_all(skipped));
        return;
    };
    prints(
        example("with-redis").env("REDIS_URL", url),
        &expect![[r#"
            the server of REDIS_URL
            before: None
            visits at once: [1, 2, 3]
            after: Some(3)
            forgotten: None
        "#]],
    );
}
