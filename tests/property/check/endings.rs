//! How values are ended.

use hueless::Outcome;

use super::account::Account;
use super::answer::{Base, outcomes};
use super::demand;
use crate::graph::{Ending, Limit};
use crate::log::{Event, Member, Step, What, Which};
use crate::oracle::{self, Executor};

/// One call of a function that ends a value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub(super) member: Member,
    pub(super) which: Which,
    pub(super) outcome: Outcome,
    pub(super) begun: usize,
    pub(super) ended: usize,
}

impl Call {
    fn as_expected(&self) -> (Member, Which, Outcome) {
        (self.member, self.which, self.outcome)
    }
}

/// Demands that all values of a request were ended as they have to be.
pub(super) fn check(account: &Account<'_>, base: &Base) -> Result<(), String> {
    let calls = calls(&account.events)?;
    let made: Vec<(Member, Which, Outcome)> = calls.iter().map(Call::as_expected).collect();
    let right: Vec<_> = outcomes(account, base)
        .into_iter()
        .map(|outcome| expected(account, base, outcome))
        .collect();
    demand!(
        right.contains(&made),
        "values were ended like this: {made:?}, and not like this: {:?}",
        right[0]
    );
    let astray = account.find(What::Astray);
    demand!(
        astray.is_none(),
        "it was done without the request's task-local: {astray:?}"
    );
    if let Some(first) = calls.first() {
        demand!(
            first.begun > account.last_end(),
            "the value of {} was ended while a node was running",
            first.member
        );
        was_over(account, first)?;
    }
    if is_ended_before(account, base) {
        in_time(account, &calls)?;
    }
    lent_is_waited_for(account, &calls)
}

/// The calls in one part of the log: one after the other, each to its end.
pub(super) fn calls(events: &[(usize, Event)]) -> Result<Vec<Call>, String> {
    let mut calls: Vec<Call> = Vec::new();
    let mut is_open = false;
    for &(at, event) in events {
        let What::Ending(which, step) = event.what else {
            continue;
        };
        let member = event.member;
        match step {
            Step::Begun(outcome) => {
                demand!(
                    !is_open,
                    "the value of {member} was ended while another one was"
                );
                calls.push(Call {
                    member,
                    which,
                    outcome,
                    begun: at,
                    ended: usize::MAX,
                });
            }
            Step::Ended => {
                let last = calls.last_mut().ok_or("an end without a beginning")?;
                demand!(
                    is_open && last.member == member && last.which == which,
                    "the {which:?} of {member} ended twice"
                );
                last.ended = at;
            }
            Step::Dropped => return Err(format!("the {which:?} of {member} was dropped half-way")),
        }
        is_open = matches!(step, Step::Begun(_));
    }
    demand!(!is_open, "the end of a value never ended");
    Ok(calls)
}

/// What has to be called, if the request ended like that.
fn expected(account: &Account<'_>, base: &Base, outcome: Outcome) -> Vec<(Member, Which, Outcome)> {
    let Account { graph, course, .. } = account;
    let teardowns = oracle::endings(graph, course, account.made(), Which::Teardown);
    let outcomes = oracle::outcomes(outcome, &teardowns);
    let last = outcomes.last().copied().unwrap_or(outcome);
    let is_sent = account.is_sent() && !matches!(base, Base::GivenUp);
    let later = match last {
        Outcome::Completed if !is_sent => Outcome::Cancelled,
        outcome => outcome,
    };
    let after = oracle::endings(graph, course, account.made(), Which::AfterResponse);
    let name = |node: usize| course.names[node];
    // What these leave is done however the request ended.
    let left = |endings: &[(usize, &Ending)], which: Which| -> Vec<(Member, Which, Outcome)> {
        let leave = endings.iter().filter(|(_, ending)| ending.leaves);
        let leave = leave.filter_map(|(node, _)| match name(*node) {
            Member::Declared(number) => Some(Member::Left(which, number)),
            _ => None,
        });
        leave.map(as_work).collect()
    };
    let left_by_teardowns = left(&teardowns, Which::Teardown);
    let left_by_afters = left(&after, Which::AfterResponse);
    let teardowns = teardowns
        .iter()
        .zip(outcomes)
        .map(|((node, _), outcome)| (name(*node), Which::Teardown, outcome));
    let after = after
        .iter()
        .map(|(node, _)| (name(*node), Which::AfterResponse, later));
    // Who left something for later meant it for a request that completes.
    let is_left = last == Outcome::Completed && account.spans.contains_key(&0);
    let jobs = graph.handler.jobs.iter().enumerate().filter(|_| is_left);
    let left_by_jobs: Vec<_> = jobs
        .clone()
        .filter(|(_, job)| job.leaves)
        .map(|(number, _)| as_work(Member::Left(Which::Background, number)))
        .collect();
    let jobs = jobs.map(|(number, _)| as_work(Member::Job(number)));
    teardowns
        .chain(jobs)
        .chain(left_by_teardowns)
        .chain(left_by_jobs)
        .chain(after)
        .chain(left_by_afters)
        .collect()
}

/// Work is told nothing.
fn as_work(member: Member) -> (Member, Which, Outcome) {
    (member, Which::Background, Outcome::Completed)
}

/// Demands that the first value was ended when its request had come to something.
fn was_over(account: &Account<'_>, first: &Call) -> Result<(), String> {
    let Some(giving_up) = account.position(What::GivingUp) else {
        return Ok(());
    };
    if account.graph.handler.limit == Limit::Tight {
        // Its time was over before.
        return Ok(());
    }
    let is_told_so = first.outcome == Outcome::Cancelled;
    demand!(
        first.begun > giving_up || !is_told_so || first.which != Which::Teardown,
        "the value of {} was told that the request was cancelled before it was",
        first.member
    );
    Ok(())
}

/// Whether values are ended before the answer leaves. They are not where a thread may still work for
/// the request.
fn is_ended_before(account: &Account<'_>, base: &Base) -> bool {
    let may_run = account.may_block() && account.executor == Executor::Concurrent;
    match base {
        Base::Answered(answer, node) => {
            let number = account.number(*node);
            let is_late = number.is_some_and(|number| account.graph.nodes[number].is_late());
            answer.is_returned() || !may_run && (!is_late || !account.may_block())
        }
        Base::Overdue => !account.may_block(),
        Base::GivenUp | Base::Refused => false,
    }
}

/// Demands that teardowns are over when the answer leaves, and what comes after the response comes
/// after it.
fn in_time(account: &Account<'_>, calls: &[Call]) -> Result<(), String> {
    let answered = account.position(What::Answered).unwrap_or(0);
    let responding = account.position(What::Responding).unwrap_or(0);
    for call in calls {
        let is_in_time = match call.which {
            Which::Teardown => call.ended < answered,
            Which::Background | Which::AfterResponse => call.begun > responding,
        };
        demand!(
            is_in_time,
            "the {:?} of {} came at the wrong time",
            call.which,
            call.member
        );
    }
    Ok(())
}

/// Demands that what comes after the response waits for all who hold the value.
fn lent_is_waited_for(account: &Account<'_>, calls: &[Call]) -> Result<(), String> {
    let course = account.course;
    let given_back = account.position(What::GivingBack).unwrap_or(0);
    for call in calls
        .iter()
        .filter(|call| call.which == Which::AfterResponse)
    {
        let value = course.members[&call.member];
        let is_lent = account
            .spans
            .iter()
            .filter(|(node, span)| account.lends(**node) && span.started < given_back)
            .any(|(node, _)| course.order.uses[*node].parameters.contains(&value));
        demand!(
            !is_lent || call.begun > given_back,
            "what comes after the response did not wait for who holds the value of {}",
            call.member
        );
    }
    Ok(())
}
