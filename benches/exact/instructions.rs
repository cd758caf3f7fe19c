//! How many instructions a request takes: this program, run again under callgrind.

use std::process::Command;

/// How the program is asked to make so many requests of one subject, and nothing else.
const ASK: &str = "--requests-of";

/// For how many requests instructions are counted, and how many come before.
const BEFORE: u32 = 100;
const REQUESTS: u32 = 400;

/// The subject and the number of requests, if that is what the program is asked for.
pub(crate) fn asked_for() -> Option<(String, u32)> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next()? != ASK {
        return None;
    }
    Some((arguments.next()?, arguments.next()?.parse().ok()?))
}

/// That it is there.
#[derive(Debug)]
pub(crate) struct Callgrind(());

impl Callgrind {
    /// Looks for it. An error says why nothing is counted.
    pub(crate) fn find() -> Result<Self, &'static str> {
        if cfg!(debug_assertions) {
            return Err("the build is not optimised, use `--profile bench`");
        }
        let version = Command::new("valgrind").arg("--version").output();
        match version {
            Ok(output) if output.status.success() => Ok(Self(())),
            _ => Err("valgrind is not installed"),
        }
    }

    /// How many instructions one more request takes, on all threads together.
    pub(crate) fn instructions_of(&self, subject: &str) -> Result<u64, String> {
        let few = Self::count(subject, BEFORE)?;
        let many = Self::count(subject, BEFORE + REQUESTS)?;
        Ok(many.saturating_sub(few) / u64::from(REQUESTS))
    }

    fn count(subject: &str, times: u32) -> Result<u64, String> {
        let program = std::env::current_exe().map_err(|error| error.to_string())?;
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(program)
            .args([ASK, subject, &times.to_string()])
            .output();
        let output = output.map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr);
        let collected = said.lines().find_map(|line| line.split_once("Collected :"));
        let count = collected.and_then(|(_, count)| count.trim().parse().ok());
        count
            .filter(|_| output.status.success())
            .ok_or_else(|| format!("callgrind failed: {said}"))
    }
}
