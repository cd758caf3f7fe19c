//! Equal results: what answers differently is not compared.

use std::net::SocketAddr;

use tokio::runtime::Builder;

use crate::AnyError;
use crate::client::{Answer, Client};
use crate::competitors::{Competitor, PING, SLOW};
use crate::server::Server;

/// Checks that every competitor gives the same answers as the first.
pub(crate) fn check(competitors: &[Competitor]) -> Result<(), AnyError> {
    let mut expected: Option<Vec<Answer>> = None;
    for competitor in competitors {
        let server = Server::start(competitor.router)?;
        let given = answers(server.address())?;
        let expected = expected.get_or_insert_with(|| given.clone());
        if *expected != given {
            let name = competitor.name;
            return Err(format!("`{name}` answers {given:?} instead of {expected:?}").into());
        }
    }
    Ok(())
}

/// What a server answers on each route.
fn answers(address: SocketAddr) -> Result<Vec<Answer>, AnyError> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut client = Client::connect(address).await?;
        let mut answers = Vec::new();
        for path in [SLOW, PING] {
            let answer = client.get(path).await?;
            if !answer.status.is_success() {
                return Err(format!("{path} answers {}", answer.status).into());
            }
            answers.push(answer);
        }
        Ok(answers)
    })
}
