//! One more connection, which asks the async route every few milliseconds.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::runtime::Builder;

use crate::AnyError;
use crate::client::Client;
use crate::competitors::PING;

/// The pause after each answer.
const PAUSE: Duration = Duration::from_millis(3);

/// How long each answer took.
#[derive(Debug)]
pub(crate) struct Pings {
    ascending: Vec<Duration>,
}

impl Pings {
    /// Asks for a while, on this thread, so that nothing else the client does delays what is timed.
    /// The last question may be answered later than that.
    pub(crate) fn ask(address: SocketAddr, length: Duration) -> Result<Self, AnyError> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let mut ascending = runtime.block_on(times(address, length))?;
        ascending.sort_unstable();
        Ok(Self { ascending })
    }

    /// The time that a share of the answers did not exceed: 0.5 for the median, 1 for the slowest.
    pub(crate) fn quantile(&self, share: f64) -> Duration {
        let last = self.ascending.len() - 1;
        let rank = (share * self.ascending.len() as f64).ceil() as usize;
        self.ascending[rank.saturating_sub(1).min(last)]
    }
}

/// The times of at least one question.
async fn times(address: SocketAddr, length: Duration) -> Result<Vec<Duration>, AnyError> {
    let mut client = Client::connect(address).await?;
    let mut times = Vec::new();
    let end = Instant::now() + length;
    loop {
        let asked = Instant::now();
        let answer = client.get(PING).await?;
        times.push(asked.elapsed());
        if !answer.status.is_success() {
            return Err(format!("{PING} answers {} under load", answer.status).into());
        }
        if Instant::now() >= end {
            return Ok(times);
        }
        tokio::time::sleep(PAUSE).await;
    }
}
