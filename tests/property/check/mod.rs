//! What is demanded of everything that is played.

mod account;
mod answer;
mod app;
mod endings;
mod nodes;
mod singletons;
mod values;

use crate::graph::Graph;
use crate::numbers::Numbers;
use crate::oracle::{Executor, Expected};
use crate::play::Played;

pub(crate) use self::account::Account;
pub(crate) use self::answer::Base;

/// Ends the check with a reason, unless the demand is met.
macro_rules! demand {
    ($holds:expr, $($otherwise:tt)+) => {
        if !$holds {
            return Err(format!($($otherwise)+));
        }
    };
}

pub(crate) use demand;

/// Checks all that was played in one app, and counts it.
pub(crate) fn check(
    graph: &Graph,
    expected: &Expected,
    executor: Executor,
    played: &Played,
    numbers: &mut Numbers,
) -> Result<(), String> {
    let mut accounts = Vec::new();
    for number in 0..played.answers.len() {
        let in_request = |reason| format!("request {number}: {reason}");
        let account = Account::of_request(graph, expected, executor, played, number);
        let account = account.map_err(in_request)?;
        check_request(&account, numbers).map_err(in_request)?;
        accounts.push(account);
    }
    app::check(graph, expected, &accounts, played, numbers)
}

fn check_request(account: &Account<'_>, numbers: &mut Numbers) -> Result<(), String> {
    let base = answer::check(account)?;
    nodes::check(account, &base)?;
    endings::check(account, &base)?;
    values::check(account)?;
    numbers.count_request(account, &base);
    Ok(())
}
