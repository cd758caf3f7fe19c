//! What is done for the app: singletons are made, and then it ends.

use super::account::{Account, Span};
use super::endings::calls;
use super::nodes::waits;
use super::{demand, singletons, values};
use crate::graph::Graph;
use crate::log::{Event, What, Whose};
use crate::numbers::Numbers;
use crate::oracle::{Answer, Expected, Fate, Of};
use crate::play::Played;

/// Demands that singletons were made once and ended last, and that nothing is left.
pub(super) fn check(
    graph: &Graph,
    expected: &Expected,
    requests: &[Account<'_>],
    played: &Played,
    numbers: &mut Numbers,
) -> Result<(), String> {
    let mut singletons = Vec::new();
    for singleton in &expected.singletons {
        let executor = requests[0].executor;
        let account = Account::of_singleton(graph, expected, executor, played, singleton).and_then(
            |account| {
                waits(&account)?;
                comes_to_its_end(&account)?;
                values::check(&account)?;
                Ok(account)
            },
        );
        let account = account.map_err(|reason| format!("singleton n{}: {reason}", singleton.0))?;
        singletons.push(account);
    }
    for request in requests {
        has_singletons(request, &singletons)?;
    }
    singletons::are_ended(played, requests, &singletons, numbers)?;
    hops(played, requests, &singletons)?;
    let shut_down = position(played, What::ShutDown);
    let mut later = played.events[shut_down..].iter();
    let after = later.find(|event| event.what.is_work());
    demand!(
        after.is_none(),
        "when the app was shut down there was still: {after:?}"
    );
    for singleton in &singletons {
        numbers.count_singleton(singleton);
    }
    Ok(())
}

pub(super) fn position(played: &Played, what: What) -> usize {
    let is_it = |event: &Event| event.whose == Whose::App && event.what == what;
    played.events.iter().position(is_it).unwrap_or(0)
}

/// Demands that a singleton that somebody asked for was made, if it can be.
fn comes_to_its_end(account: &Account<'_>) -> Result<(), String> {
    let is_made = |span: &Span| span.how == What::Made;
    let is_tried = !account.spans.is_empty();
    if !account.course.is_certain {
        return Ok(());
    }
    let root = account.spans.get(&0);
    match account.course.fates[0] {
        Fate::Made(_) => demand!(root.is_some_and(is_made) || !is_tried, "it was not made"),
        Fate::Never => demand!(root.is_none(), "it was made without all it needs"),
        Fate::Failed(_) | Fate::Endless | Fate::Waiting => {}
    }
    Ok(())
}

/// Demands that a request that was answered had all singletons that it needs.
fn has_singletons(request: &Account<'_>, singletons: &[Account<'_>]) -> Result<(), String> {
    if !request.answer.is_some_and(Answer::is_returned) {
        return Ok(());
    }
    for named in &request.course.order.uses {
        let of_it = singletons
            .iter()
            .find(|singleton| singleton.course.order.uses[0].of == named.of);
        let Some(singleton) = of_it.filter(|_| named.of != Of::Handler) else {
            continue;
        };
        let started = request
            .spans
            .get(&0)
            .map_or(usize::MAX, |span| span.started);
        let is_made = singleton
            .spans
            .get(&0)
            .is_some_and(|span| span.ended < started);
        demand!(is_made, "{} was not made before the handler ran", named.of);
    }
    Ok(())
}

/// Demands that there is no more than one hop for what has to run on a thread of the lane, or has to be
/// dropped there.
fn hops(
    played: &Played,
    requests: &[Account<'_>],
    singletons: &[Account<'_>],
) -> Result<(), String> {
    // What was on its way when nobody wanted it any more may find nothing to do.
    let given_up =
        |account: &&Account<'_>| account.answer.is_none_or(|answer| !answer.is_returned());
    let mut plain = requests.iter().filter(given_up).count() as u64;
    for account in requests.iter().chain(singletons) {
        let order = &account.course.order;
        for &node in account.spans.keys() {
            plain += u64::from(order.is_plain(account.graph, node));
            plain += u64::from(order.is_dropped_on_lane(account.graph, node));
        }
        for call in calls(&account.events)? {
            plain += u64::from(account.is_ended_on_lane(call.member, call.which));
        }
    }
    demand!(
        played.hops <= plain,
        "{} hops for {plain} calls that block",
        played.hops
    );
    Ok(())
}
