//! Equal results: what answers differently is not compared.

use std::net::SocketAddr;

use tokio::runtime::Builder;

use crate::AnyError;
use crate::child::Server;
use crate::client::{Answer, Client};
use crate::in_process;
use crate::scenarios::{How, Scenario};
use crate::server::Kind;

/// How often each route is asked: what runs where is decided anew by each request.
const TIMES: usize = 3;

/// Checks that every contestant of a scenario gives the same answer as the first.
pub(crate) fn check(scenarios: &[Scenario]) -> Result<(), AnyError> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let mut servers: Vec<(Kind, Server)> = Vec::new();
    for scenario in scenarios {
        let mut expected: Option<Answer> = None;
        for contestant in &scenario.contestants {
            for _ in 0..TIMES {
                let answer = if matches!(scenario.how, How::InProcess) {
                    runtime.block_on(in_process::ask(contestant))?
                } else {
                    let address = running(&mut servers, contestant.server)?.address();
                    runtime.block_on(ask(address, contestant.path))?
                };
                let expected = expected.get_or_insert_with(|| answer.clone());
                if !answer.status.is_success() || *expected != answer {
                    let name = contestant.name;
                    return Err(format!("`{name}` answers {answer:?}, not {expected:?}").into());
                }
            }
        }
    }
    Ok(())
}

/// Sends a request over a connection of its own.
async fn ask(address: SocketAddr, path: &str) -> Result<Answer, AnyError> {
    Client::connect(address).await?.get(path).await
}

/// The server of a kind, which is started when it is first needed.
fn running(servers: &mut Vec<(Kind, Server)>, kind: Kind) -> Result<&Server, AnyError> {
    let known = servers.iter().position(|(known, _)| *known == kind);
    let index = match known {
        Some(index) => index,
        None => {
            servers.push((kind, Server::start(kind)?));
            servers.len() - 1
        }
    };
    Ok(&servers[index].1)
}
