//! What does not compile, with what rustc says of it, and what does compile.
//!
//! `fail/<topic>/` and `pass/<topic>/` hold one program each. A program that does not compile says
//! what its author is told, at the line where it is told: `//~ ERROR text`. What rustc said when
//! the case was written stands beside it, in a `.stderr`. After a change that is meant,
//! `TRYBUILD=overwrite cargo test -p hueless-ui-tests` writes those anew.

mod corpus;
mod promises;

use std::env;
use std::io::{self, Write as _};
use std::process::Command;

use corpus::Corpus;

/// The version of rustc whose messages are recorded. Another one words them differently.
const RECORDED_WITH: &str = "1.95";

#[test]
fn mistakes_are_told_as_recorded() {
    if !rustc_is(RECORDED_WITH) {
        // Not `eprintln!`, which the harness keeps to itself.
        let skipped = "skipped: what is recorded is what rustc";
        writeln!(io::stderr(), "{skipped} {RECORDED_WITH} says").expect("stderr can be written");
        return;
    }
    // Apart from those that compile: then all are checked in one run of cargo, and none is linked.
    trybuild::TestCases::new().compile_fail("fail/*/*.rs");
}

#[test]
fn what_is_right_compiles_and_runs() {
    trybuild::TestCases::new().pass("pass/*/*.rs");
}

/// A recorded output is renewed by a command, so whether it still says what it should is checked
/// against the program.
#[test]
fn what_is_recorded_is_what_the_programs_promise() {
    let corpus = Corpus::read("fail");
    println!("{corpus}");
    let mut broken = corpus.strays();
    for case in corpus.cases() {
        broken.extend(promises::broken(case));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(corpus.cases().len() >= 45, "too few cases:\n{corpus}");
}

#[test]
fn enough_is_known_to_compile() {
    let corpus = Corpus::read("pass");
    println!("{corpus}");
    assert!(corpus.cases().len() >= 25, "too few cases:\n{corpus}");
}

fn rustc_is(version: &str) -> bool {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output();
    let output = output.expect("`rustc --version` runs");
    String::from_utf8_lossy(&output.stdout).starts_with(&format!("rustc {version}."))
}
