//! How long values live.

use std::collections::HashMap;

use super::account::Account;
use super::demand;
use super::endings::{Call, calls};
use crate::graph::Role;
use crate::log::{What, Which};
use crate::oracle::Of;

/// Demands that each value that a run made is dropped once, after it was ended and before those that
/// it was made from.
pub(super) fn check(account: &Account<'_>) -> Result<(), String> {
    let course = account.course;
    let mut gone: HashMap<usize, usize> = HashMap::new();
    for &(at, event) in &account.events {
        if event.what == What::Gone {
            let twice = gone.insert(course.members[&event.member], at);
            demand!(
                twice.is_none(),
                "the value of {} was dropped twice",
                event.member
            );
        }
    }
    for node in account.made() {
        let has_value = matches!(course.order.uses[node].of, Of::Node(_));
        demand!(
            gone.contains_key(&node) == has_value,
            "the value of {} was not dropped",
            course.names[node]
        );
    }
    let of_values = |call: &Call| call.which != Which::Background;
    for call in calls(&account.events)?.into_iter().filter(of_values) {
        demand!(
            gone[&course.members[&call.member]] > call.ended,
            "the value of {} was dropped before its end",
            call.member
        );
    }
    for (&value, &at) in gone
        .iter()
        .filter(|(value, _)| is_dropped_in_order(account, **value))
    {
        for parameter in &course.order.uses[value].parameters {
            let made_from = gone
                .get(parameter)
                .filter(|_| is_shared(account, *parameter));
            demand!(
                made_from.is_none_or(|&later| at < later),
                "the value of {} outlived what it was made from",
                course.names[value]
            );
        }
    }
    Ok(())
}

fn is_shared(account: &Account<'_>, node: usize) -> bool {
    let role = account
        .number(node)
        .map(|number| account.graph.nodes[number].slot.role);
    matches!(role, Some(Role::Shared | Role::Guard))
}

/// Whether nobody holds the value longer than the run.
fn is_dropped_in_order(account: &Account<'_>, node: usize) -> bool {
    let ends_later = account
        .number(node)
        .is_some_and(|number| account.graph.nodes[number].after_response.is_some());
    let mut users = account.course.order.uses.iter().enumerate();
    let is_lent =
        users.any(|(user, named)| account.lends(user) && named.parameters.contains(&node));
    is_shared(account, node) && !ends_later && !is_lent
}
