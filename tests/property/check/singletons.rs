//! How singletons are ended.

use hueless::Outcome;

use super::account::Account;
use super::app::position;
use super::demand;
use super::endings::{Call, calls};
use crate::log::{Event, Member, What, Whose};
use crate::numbers::Numbers;
use crate::play::Played;

/// Demands that singletons are ended once, after everything else, the last that was made first. One
/// that came too late is ended at once.
pub(super) fn are_ended(
    played: &Played,
    requests: &[Account<'_>],
    singletons: &[Account<'_>],
    numbers: &mut Numbers,
) -> Result<(), String> {
    let mut late: Vec<Call> = Vec::new();
    for singleton in singletons {
        let own = calls(&singleton.events)?;
        is_ended_once(singleton, own.len())?;
        let (in_time, too_late): (Vec<Call>, Vec<Call>) = own
            .into_iter()
            .partition(|call| call.outcome == Outcome::Completed);
        let wrong = too_late
            .iter()
            .find(|call| call.outcome != Outcome::Failed || !is_late(singleton));
        demand!(wrong.is_none(), "it was told something wrong: {wrong:?}");
        numbers.count_torn_down_singletons(in_time.len(), too_late.len());
        late.extend(too_late);
    }
    let own = played
        .events
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, event)| {
            event.whose == Whose::App && !late.iter().any(|call| call.member == event.member)
        });
    let in_time = calls(&own.collect::<Vec<(usize, Event)>>())?;
    let order: Vec<Member> = in_time.iter().map(|call| call.member).collect();
    in_reverse(&order, requests, singletons)?;
    let first = in_time.first().map_or(usize::MAX, |call| call.begun);
    demand!(
        late.iter().all(|call| call.ended < first),
        "a singleton that came too late was torn down after what it may be made from"
    );
    let of_requests = played
        .events
        .iter()
        .rposition(|event| event.whose != Whose::App && event.what.is_work());
    let last = of_requests
        .unwrap_or(0)
        .max(position(played, What::ShuttingDown));
    demand!(
        first > last,
        "a singleton was torn down while the app was not shut down"
    );
    Ok(())
}

fn is_late(singleton: &Account<'_>) -> bool {
    let number = singleton.number(0);
    number.is_some_and(|number| singleton.graph.nodes[number].is_late())
}

fn is_ended_once(singleton: &Account<'_>, times: usize) -> Result<(), String> {
    let number = singleton.number(0);
    let has_teardown =
        number.is_some_and(|number| singleton.graph.nodes[number].teardown.is_some());
    let is_made = singleton
        .spans
        .get(&0)
        .is_some_and(|span| span.how == What::Made);
    let right = usize::from(has_teardown && is_made);
    demand!(
        times == right,
        "it was torn down {times} times and not {right}"
    );
    Ok(())
}

/// Demands that what was made later is torn down earlier. A singleton was there before another one where
/// somebody had it who started before that was made.
fn in_reverse(
    order: &[Member],
    requests: &[Account<'_>],
    singletons: &[Account<'_>],
) -> Result<(), String> {
    let at = |singleton| order.iter().position(|torn_down| *torn_down == singleton);
    for later in singletons {
        let name = later.course.names[0];
        let (Some(span), Some(first)) = (later.spans.get(&0), at(name)) else {
            continue;
        };
        for account in requests.iter().chain(singletons) {
            let before = account
                .spans
                .iter()
                .filter(|(_, user)| user.started <= span.started);
            let used = before.flat_map(|(user, _)| &account.course.order.waits[*user]);
            let earlier = used
                .filter(|used| account.is_made_by_app(**used))
                .filter_map(|used| Some(Member::Own(account.number(*used)?, 0)));
            for earlier in earlier {
                let is_right = at(earlier).is_none_or(|then| first <= then);
                demand!(
                    is_right,
                    "{earlier} was torn down before {name}, which was made later"
                );
            }
        }
    }
    Ok(())
}
