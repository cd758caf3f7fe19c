//! The load, which `wrk` makes: it takes less of the machine than a client in Rust would, and it is the
//! same for all contestants.

use std::io::Read;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde::Deserialize;

use crate::AnyError;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/http/load/report.lua");

/// What a run of the load generator found.
#[derive(Debug, Deserialize)]
pub(crate) struct Counted {
    pub(crate) requests: u64,
    /// In microseconds, as all times.
    duration: u64,
    failed: u64,
    p50: u64,
    p99: u64,
    max: u64,
}

impl Counted {
    pub(crate) fn per_second(&self) -> f64 {
        self.requests as f64 / (self.duration as f64 / 1e6)
    }

    /// The median time, the one that 1 in 100 exceeds, and the longest, in milliseconds. Where nothing
    /// was answered at all, it would have taken longer than there was time.
    pub(crate) fn milliseconds(&self) -> [f64; 3] {
        let times = if self.requests == 0 {
            [self.duration; 3]
        } else {
            [self.p50, self.p99, self.max]
        };
        times.map(|time| time as f64 / 1e3)
    }
}

/// A load generator that runs.
#[derive(Debug)]
pub(crate) struct Load {
    process: Child,
}

impl Load {
    /// Starts it, for so many seconds. With a pause, each connection waits between its requests.
    pub(crate) fn start(
        (address, path): (SocketAddr, &str),
        connections: usize,
        seconds: u64,
        pause: Option<Duration>,
    ) -> Result<Self, AnyError> {
        let mut command = Command::new("wrk");
        command
            .args(["--threads", "1", "--timeout", "30s", "--script", SCRIPT])
            .args(["--connections", &connections.to_string()])
            .args(["--duration", &format!("{seconds}s")])
            .arg(format!("http://{address}{path}"))
            .env_remove("PAUSE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        if let Some(pause) = pause {
            command.env("PAUSE", pause.as_millis().to_string());
        }
        Ok(Self {
            process: command.spawn()?,
        })
    }

    /// Waits for its end. An answer that was not a good one is an error.
    pub(crate) fn finish(mut self) -> Result<Counted, AnyError> {
        let mut said = String::new();
        if let Some(mut output) = self.process.stdout.take() {
            output.read_to_string(&mut said)?;
        }
        let last = said.trim_end().lines().next_back().unwrap_or_default();
        let counted: Counted =
            serde_json::from_str(last).map_err(|_| format!("wrk says:\n{said}"))?;
        if counted.failed > 0 {
            return Err(format!("{} requests failed", counted.failed).into());
        }
        Ok(counted)
    }
}

impl Drop for Load {
    fn drop(&mut self) {
        // It has ended where it was waited for.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Says what to do where there is no load generator.
pub(crate) fn check_installed() -> Result<(), AnyError> {
    // It has no option that succeeds and does nothing.
    match Command::new("wrk").arg("--version").output() {
        Ok(_) => Ok(()),
        Err(error) => Err(format!(
            "`wrk` makes the load, and cannot be run: {error}\n\
             It is a package of that name: `apt-get install wrk`, `brew install wrk`."
        )
        .into()),
    }
}
