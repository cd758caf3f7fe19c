//! The rounds.

use std::time::Duration;

use crate::AnyError;
use crate::child::Server;
use crate::cpu::Moment;
use crate::in_process;
use crate::load::Load;
use crate::report::{Figures, Row, rows};
use crate::routes::PING;
use crate::scenarios::{Contestant, How, Scenario};

/// How often each contestant is measured. The rounds alternate, and each begins with another
/// contestant, so that a noisy moment of the machine does not fall on one alone.
pub(crate) const ROUNDS: usize = 3;

/// How long the load runs before anything is measured: threads are started, times are learned.
const WARM_UP: u64 = 1;

/// A round during which others took more of the machine than this percentage is repeated, until it has
/// been tried so often; the quietest one counts.
pub(crate) const QUIET: f64 = 10.0;
const TRIES: usize = 4;

/// What lies between a ping's answer and the next one.
const PAUSE: Duration = Duration::from_millis(3);

/// Measures all scenarios.
pub(crate) fn all(scenarios: &[Scenario], seconds: u64) -> Result<Vec<Row>, AnyError> {
    let mut all = Vec::new();
    for scenario in scenarios {
        all.extend(measure(scenario, seconds)?);
    }
    Ok(all)
}

fn measure(scenario: &Scenario, seconds: u64) -> Result<Vec<Row>, AnyError> {
    let contestants = &scenario.contestants;
    // By contestant.
    let mut figures = vec![Vec::new(); contestants.len()];
    for round in 0..ROUNDS {
        for turn in 0..contestants.len() {
            let index = (round + turn) % contestants.len();
            let (name, number) = (contestants[index].name, round + 1);
            eprintln!("{}, round {number} of {ROUNDS}: {name}", scenario.name);
            let found = quietest(scenario.how, &contestants[index], seconds);
            figures[index].push(found.map_err(|error| format!("{name}: {error}"))?);
        }
    }
    Ok(rows(scenario, &figures))
}

/// One round of one contestant, as quiet as it can be had.
fn quietest(how: How, contestant: &Contestant, seconds: u64) -> Result<Figures, AnyError> {
    let mut best = one(how, contestant, seconds)?;
    for _ in 1..TRIES {
        if best.others_percent <= QUIET {
            break;
        }
        let next = one(how, contestant, seconds)?;
        if next.others_percent < best.others_percent {
            best = next;
        }
    }
    Ok(best)
}

/// One round of one contestant.
fn one(how: How, contestant: &Contestant, seconds: u64) -> Result<Figures, AnyError> {
    let (connections, pings) = match how {
        How::Load { connections } => (connections, false),
        How::LoadAndPings { connections } => (connections, true),
        How::InProcess => {
            return Ok(Figures {
                cpu_microseconds: in_process::nanoseconds(contestant)? / 1e3,
                ..Figures::default()
            });
        }
    };

    let server = Server::start(contestant.server)?;
    let route = (server.address(), contestant.path);
    Load::start(route, connections, WARM_UP, None)?.finish()?;

    let (moment, begun) = (Moment::now()?, server.cpu_time()?);
    let load = Load::start(route, connections, seconds, None)?;
    let pings = if pings {
        let ping = (server.address(), PING);
        Some(Load::start(ping, 1, seconds, Some(PAUSE))?.finish()?)
    } else {
        None
    };
    let load = load.finish()?;
    let taken = server.cpu_time()? - begun;

    if load.requests == 0 {
        return Err("no request was answered".into());
    }
    let [p50, p99, max] = pings.as_ref().unwrap_or(&load).milliseconds();
    let answered = load.requests + pings.map_or(0, |pings| pings.requests);
    Ok(Figures {
        requests_per_second: load.per_second(),
        cpu_microseconds: taken.as_secs_f64() * 1e6 / answered as f64,
        p50_milliseconds: p50,
        p99_milliseconds: p99,
        max_milliseconds: max,
        others_percent: moment.others(taken)?,
    })
}
