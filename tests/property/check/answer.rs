//! What a request was answered with.

use hueless::Outcome;

use super::account::Account;
use super::demand;
use crate::graph::Limit;
use crate::log::What;
use crate::oracle::{self, Answer, Trouble};

/// What a request came to before its values were ended.
#[derive(Debug, Clone)]
pub(crate) enum Base {
    /// The handler returned, or this node is what it is rejected for.
    Answered(Answer, usize),
    /// The handler's limit is over.
    Overdue,
    GivenUp,
    /// The app was shutting down.
    Refused,
}

impl Base {
    pub(crate) fn is_returned(&self) -> bool {
        matches!(self, Self::Answered(answer, _) if answer.is_returned())
    }
}

/// Demands that the answer is right.
pub(super) fn check(account: &Account<'_>) -> Result<Base, String> {
    let Account {
        graph,
        course,
        expected,
        ..
    } = account;
    let Some(answer) = account.answer else {
        return Ok(Base::GivenUp);
    };
    let right = expected.answers(account.executor);
    let replied = |base: &Answer| {
        if base.is_returned() {
            oracle::answer(graph, course, base)
        } else {
            base.clone()
        }
    };
    let base = right.iter().find(|(base, _)| replied(base) == *answer);
    if let Some((base, node)) = base {
        return Ok(Base::Answered(base.clone(), *node));
    }
    if graph.shut_down_early.is_some() && *answer == Answer::ShuttingDown {
        demand!(
            account.spans.is_empty(),
            "it was refused, but something ran"
        );
        return Ok(Base::Refused);
    }
    if graph.handler.limit == Limit::Tight && *answer == overdue() {
        return Ok(Base::Overdue);
    }
    let right: Vec<Answer> = right.iter().map(|(base, _)| replied(base)).collect();
    Err(format!("answered {answer:?} and not one of {right:?}"))
}

fn overdue() -> Answer {
    Answer::trouble(Trouble::TookTooLong, "handler")
}

/// What the end of the values may be told: one thing, unless the request was given up just when it
/// came to something.
pub(super) fn outcomes(account: &Account<'_>, base: &Base) -> Vec<Outcome> {
    let Account { graph, course, .. } = account;
    match base {
        Base::Answered(answer, _) => vec![oracle::outcome(graph, course, answer)],
        Base::Overdue | Base::Refused => vec![Outcome::Cancelled],
        Base::GivenUp => {
            let mut outcomes = vec![Outcome::Cancelled];
            let given_up = account.position(What::GivenUp).unwrap_or(0);
            for (answer, node) in account.expected.answers(account.executor) {
                let has_come = |started: usize| started < given_up;
                if account
                    .spans
                    .get(node)
                    .is_some_and(|span| has_come(span.started))
                    || account.is_made_by_app(*node)
                {
                    outcomes.push(oracle::outcome(graph, course, answer));
                }
            }
            outcomes
        }
    }
}
