//! What is measured, and who takes part.

use crate::AnyError;
use crate::routes::*;
use crate::server::Kind;

/// One comparison.
#[derive(Debug)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) how: How,
    /// Ratios are taken to the first.
    pub(crate) contestants: Vec<Contestant>,
}

/// How a scenario is measured.
#[derive(Debug, Clone, Copy)]
pub(crate) enum How {
    /// So many connections, each of which asks again as soon as it is answered.
    Load { connections: usize },
    /// The same, and one connection more that asks [`PING`] every few milliseconds, whose times are
    /// those that are reported.
    LoadAndPings { connections: usize },
    /// The router is called without a server or a socket.
    InProcess,
}

/// One way to answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Contestant {
    pub(crate) name: &'static str,
    pub(crate) server: Kind,
    pub(crate) path: &'static str,
}

const fn by(server: Kind, path: &'static str, name: &'static str) -> Contestant {
    Contestant { name, server, path }
}

/// The scenarios with these names, or all.
pub(crate) fn named(names: &[String]) -> Result<Vec<Scenario>, AnyError> {
    let mut scenarios = all();
    if let Some(unknown) = names
        .iter()
        .find(|name| scenarios.iter().all(|one| one.name != **name))
    {
        let known: Vec<_> = scenarios.iter().map(|one| one.name).collect();
        return Err(format!("no scenario `{unknown}` among {}", known.join(", ")).into());
    }
    scenarios.retain(|one| names.is_empty() || names.iter().any(|name| one.name == *name));
    Ok(scenarios)
}

/// Takes a server out of all scenarios.
pub(crate) fn leave_out(scenarios: &mut [Scenario], server: Kind) {
    for scenario in scenarios {
        scenario.contestants.retain(|one| one.server != server);
    }
}

fn all() -> Vec<Scenario> {
    use Kind::{Actix, Axum, FastApi, Hueless, Poem, Rocket, Salvo, Xitca};
    vec![
        Scenario {
            name: "hello",
            about: "an `async fn` that answers at once, 64 connections",
            how: How::Load { connections: 64 },
            contestants: vec![
                by(Axum, PING, "axum"),
                by(Hueless, PING, "hueless"),
                by(Xitca, PING, "xitca-web"),
                by(Poem, PING, "poem"),
                by(Salvo, PING, "salvo"),
                by(Rocket, PING, "rocket"),
                by(Actix, PING, "actix-web"),
                by(FastApi, PING, "FastAPI, one process"),
            ],
        },
        Scenario {
            name: "plain",
            about: "a plain `fn` that answers at once, 64 connections",
            how: How::Load { connections: 64 },
            contestants: vec![
                by(Axum, PLAIN, "axum, spawn_blocking"),
                by(Hueless, PLAIN, "hueless"),
                by(Hueless, INLINE, "hueless, inline"),
                by(Xitca, PLAIN, "xitca-web"),
                by(Actix, PLAIN, "actix-web, web::block"),
                by(Poem, PLAIN, "poem, in place"),
                by(Salvo, PLAIN, "salvo, in place"),
                by(Rocket, PLAIN, "rocket, in place"),
                by(FastApi, PLAIN, "FastAPI, one process"),
            ],
        },
        Scenario {
            name: "router",
            about: "the router alone, called without a server",
            how: How::InProcess,
            contestants: vec![
                by(Axum, PING, "axum, async"),
                by(Hueless, PING, "hueless, async"),
                by(Hueless, INLINE, "hueless, inline"),
                by(Hueless, INLINE_DEPENDENCY, "hueless, depends"),
            ],
        },
        Scenario {
            name: "graph",
            about: "seven functions, three of which block, 64 connections",
            how: How::Load { connections: 64 },
            contestants: vec![
                by(Axum, GRAPH_THREE_HOPS, "axum, three hops"),
                by(Axum, GRAPH_ONE_HOP, "axum, one hop"),
                by(Axum, GRAPH_ASYNC, "axum, all async"),
                by(Hueless, GRAPH, "hueless"),
                by(Hueless, GRAPH_ASYNC, "hueless, all async"),
                by(FastApi, GRAPH, "FastAPI, one process"),
            ],
        },
        Scenario {
            name: "four-once",
            about: "four independent values of 20 ms each, 1 connection",
            how: How::Load { connections: 1 },
            contestants: four(),
        },
        Scenario {
            name: "four",
            about: "four independent values of 20 ms each, 100 connections",
            how: How::Load { connections: 100 },
            contestants: four(),
        },
        Scenario {
            name: "blocking",
            about: "a plain `fn` that blocks for 10 ms, 200 connections; times are those of /ping",
            how: How::LoadAndPings { connections: 200 },
            contestants: vec![
                by(Axum, SLOW, "axum, spawn_blocking"),
                by(Hueless, SLOW, "hueless"),
                by(Xitca, SLOW, "xitca-web"),
                by(Actix, SLOW, "actix-web, web::block"),
                by(Poem, SLOW, "poem, in place"),
                by(Salvo, SLOW, "salvo, in place"),
                by(Rocket, SLOW, "rocket, in place"),
                by(FastApi, SLOW, "FastAPI, one process"),
            ],
        },
    ]
}

fn four() -> Vec<Contestant> {
    vec![
        by(Kind::Axum, FOUR, "axum, joined"),
        by(Kind::Axum, FOUR_IN_TURN, "axum, one by one"),
        by(Kind::Hueless, FOUR, "hueless"),
        by(Kind::FastApi, FOUR, "FastAPI, one process"),
    ]
}
