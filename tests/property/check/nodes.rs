//! When nodes run.

use std::collections::{BTreeSet, HashMap};

use super::account::Account;
use super::answer::Base;
use super::demand;
use crate::log::{Event, What};
use crate::oracle::{Executor, Fate};

/// Demands that the nodes of a request ran as they have to.
pub(super) fn check(account: &Account<'_>, base: &Base) -> Result<(), String> {
    waits(account)?;
    match (account.executor, base) {
        (Executor::Sequential, base) => in_sequence(account, base)?,
        (Executor::Concurrent, Base::Answered(_, node)) => is_complete(account, *node)?,
        (Executor::Concurrent, Base::Overdue | Base::GivenUp | Base::Refused) => {}
    }
    nothing_starts_late(account, base)?;
    nothing_goes_on(account)?;
    let told = account.find(What::Told);
    // A token may be kept.
    let told = told.or_else(|| account.find(What::ToldLater));
    demand!(
        told.is_none() || !base.is_returned(),
        "a node was told to stop, though the handler returned: {told:?}"
    );
    Ok(())
}

/// Demands that nothing starts before what it waits for.
pub(super) fn waits(account: &Account<'_>) -> Result<(), String> {
    let Account { course, spans, .. } = account;
    for (&node, span) in spans {
        let name = course.order.uses[node].of;
        demand!(
            !matches!(course.fates[node], Fate::Never | Fate::Waiting) || !course.is_certain,
            "{name} started, though something it waits for does not succeed"
        );
        for &other in &course.order.waits[node] {
            let of = course.order.uses[other].of;
            if account.is_made_by_app(other) {
                // The app makes it, and what it makes is looked at there.
                continue;
            }
            // Only the handler's own readers are waited for and stand later; they may have failed.
            let must_be_made = course.order.position[other] < course.order.position[node];
            let has_ended = match spans.get(&other) {
                Some(first) => {
                    first.ended < span.started && (!must_be_made || first.how == What::Made)
                }
                None => !must_be_made,
            };
            demand!(has_ended, "{name} started before {of} had ended");
        }
    }
    Ok(())
}

/// Demands that one node ran after the other, in the order of the rules, and all of them where the
/// run came to its end.
fn in_sequence(account: &Account<'_>, base: &Base) -> Result<(), String> {
    let mut nodes: Vec<usize> = account.spans.keys().copied().collect();
    nodes.sort_by_key(|node| account.spans[node].started);
    let is_alone = |pair: &[usize]| account.spans[&pair[0]].ended < account.spans[&pair[1]].started;
    demand!(nodes.windows(2).all(is_alone), "nodes overlap");
    let sequence = account.course.sequence.iter().copied();
    let is_run = |node: &usize| !account.is_made_by_app(*node);
    let sequence: Vec<usize> = sequence.filter(is_run).collect();
    let is_right = match base {
        Base::Answered(..) => nodes == sequence,
        Base::Overdue | Base::GivenUp | Base::Refused => sequence.starts_with(&nodes),
    };
    demand!(is_right, "the order is {nodes:?} and not {sequence:?}");
    Ok(())
}

/// Demands that all was made that a run with that answer has to make. A rejection waits only for
/// earlier nodes that say they can fail, and for what those and the failed one wait for.
fn is_complete(account: &Account<'_>, answered: usize) -> Result<(), String> {
    let course = account.course;
    let is_made = |node: &usize| course.fates[*node].is_made();
    let position = &course.order.position;
    let is_earlier = |&node: &usize| {
        position[node] < position[answered] && course.can_fail[node] && is_made(&node)
    };
    let mut open: Vec<usize> = (0..position.len()).filter(is_earlier).collect();
    open.push(answered);
    let mut found = BTreeSet::new();
    while let Some(node) = open.pop() {
        if found.insert(node) {
            let waits = course.order.waits[node].iter().copied();
            open.extend(waits.filter(is_made));
        }
    }
    let made: BTreeSet<usize> = account.made().into_iter().collect();
    let missing = found
        .into_iter()
        .filter(|&node| is_made(&node) && !account.is_made_by_app(node))
        // A handler that returned an error has returned.
        .find(|node| !made.contains(node) && *node != 0);
    demand!(missing.is_none(), "{missing:?} was not made");
    Ok(())
}

/// Demands that a future is dropped when what stands before it fails. Where both are polled on the
/// executor, that is at once.
fn nothing_goes_on(account: &Account<'_>) -> Result<(), String> {
    let course = account.course;
    let mut cut = usize::MAX;
    for (_, event) in account.node_events() {
        let node = course.members[&event.member];
        if !account.is_polled_on_executor(node) || event.what == What::Started {
            continue;
        }
        let position = course.order.position[node];
        demand!(
            position < cut || event.what == What::Dropped,
            "{} went on, though what stands before it had failed",
            event.member
        );
        if event.what == What::Failed {
            cut = cut.min(position);
        }
    }
    Ok(())
}

/// Demands that nothing starts when the request is over. A thread may be in the middle of one node
/// when a rejection leaves or the request is given up; it begins no other.
fn nothing_starts_late(account: &Account<'_>, base: &Base) -> Result<(), String> {
    let over = account
        .find(What::Answered)
        .or_else(|| account.find(What::GivenUp));
    let (over, mark) = over.ok_or("it was never over")?;
    let events: Vec<Event> = account
        .node_events()
        .into_iter()
        .filter_map(|(at, event)| (at > over).then_some(event))
        .collect();
    demand!(
        events.is_empty() || !base.is_returned(),
        "something runs after the answer"
    );
    let mut busy_with = HashMap::new();
    for event in events {
        let first = *busy_with.entry(event.thread).or_insert(event.member);
        demand!(
            event.thread != mark.thread && first == event.member,
            "{} runs after the request is over",
            event.member
        );
    }
    Ok(())
}
