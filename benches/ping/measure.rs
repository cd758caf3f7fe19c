//! One round of one competitor.

use std::time::{Duration, Instant};

use crate::AnyError;
use crate::competitors::Competitor;
use crate::load::Load;
use crate::pings::Pings;
use crate::server::Server;

/// How many connections keep the blocking route busy.
pub(crate) const CONNECTIONS: usize = 200;

/// How long the load runs before anything is measured: connections are made, threads are started.
const WARM_UP: Duration = Duration::from_millis(500);

/// What one round found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) slow_per_second: f64,
    pub(crate) ping_p50: Duration,
    pub(crate) ping_p99: Duration,
    pub(crate) ping_max: Duration,
}

/// Starts a server, loads it, and measures both routes at the same time.
pub(crate) fn measure(competitor: &Competitor, length: Duration) -> Result<Figures, AnyError> {
    let server = Server::start(competitor.router)?;
    let load = Load::start(server.address(), CONNECTIONS);
    std::thread::sleep(WARM_UP);

    let (answered, begun) = (load.answered(), Instant::now());
    let pings = Pings::ask(server.address(), length);
    let slow_per_second = (load.answered() - answered) as f64 / begun.elapsed().as_secs_f64();

    load.stop()?;
    let pings = pings?;
    Ok(Figures {
        slow_per_second,
        ping_p50: pings.quantile(0.5),
        ping_p99: pings.quantile(0.99),
        ping_max: pings.quantile(1.0),
    })
}
