//! How the values of a request are ended.

use hueless::Outcome;

use super::{Answer, Course, Fate, Of, Trouble};
use crate::ending;
use crate::graph::{End, Ending, Graph};
use crate::log::Which;

/// The functions that end the values which these nodes have made, in the order in which they run.
pub(crate) fn endings<'graph>(
    graph: &'graph Graph,
    course: &Course,
    made: impl IntoIterator<Item = usize>,
    which: Which,
) -> Vec<(usize, &'graph Ending)> {
    let mut endings: Vec<(usize, &Ending)> = made
        .into_iter()
        .filter_map(|node| Some((node, ending(graph, course, node, which)?)))
        .collect();
    endings.sort_by_key(|(node, _)| std::cmp::Reverse(course.order.position[*node]));
    endings
}

/// What ends the value of a node of a request.
fn ending<'graph>(
    graph: &'graph Graph,
    course: &Course,
    node: usize,
    which: Which,
) -> Option<&'graph Ending> {
    let Of::Node(other) = course.order.uses[node].of else {
        return None;
    };
    let drawn = &graph.nodes[other];
    // A singleton is ended with its app.
    drawn.ending(which).filter(|_| !drawn.is_singleton())
}

/// What the teardowns are told, one after the other, and what is told after them.
pub(crate) fn outcomes(base: Outcome, teardowns: &[(usize, &Ending)]) -> Vec<Outcome> {
    let mut outcomes = vec![base];
    for (_, teardown) in teardowns {
        let outcome = *outcomes.last().unwrap_or(&base);
        outcomes.push(match (outcome, teardown.code.end) {
            (Outcome::Completed, End::Error | End::Panic) => Outcome::Failed,
            _ => outcome,
        });
    }
    outcomes
}

/// What a request is told that ended like this, before anything is torn down.
pub(crate) fn outcome(graph: &Graph, course: &Course, answer: &Answer) -> Outcome {
    match answer {
        Answer::Value(_) => Outcome::Completed,
        Answer::Refused(_) if !graph.handler.says_result => Outcome::Completed,
        // A singleton panics in a run of its own, and for all who wait for it.
        Answer::Trouble(Trouble::Panicked, _) if is_singletons(graph, course, answer) => {
            Outcome::Failed
        }
        Answer::Trouble(Trouble::Panicked, _) => Outcome::Panicked,
        // The handler's own limit is that of the whole request.
        Answer::Trouble(Trouble::TookTooLong, _)
            if !course.answers.iter().any(|(other, _)| other == answer) =>
        {
            Outcome::Cancelled
        }
        _ => Outcome::Failed,
    }
}

/// Whether a singleton is what a request is rejected for.
fn is_singletons(graph: &Graph, course: &Course, answer: &Answer) -> bool {
    let mut answers = course.answers.iter();
    answers.any(|(other, node)| match course.order.uses[*node].of {
        Of::Node(number) => other == answer && graph.nodes[number].is_singleton(),
        Of::Handler | Of::Reader(_) => false,
    })
}

/// What a request is answered with whose handler has returned that: it, or the first failure of a
/// teardown.
pub(crate) fn answer(graph: &Graph, course: &Course, returned: &Answer) -> Answer {
    if outcome(graph, course, returned) != Outcome::Completed {
        return returned.clone();
    }
    let made = (0..course.fates.len()).filter(|&node| matches!(course.fates[node], Fate::Made(_)));
    let teardowns = endings(graph, course, made, Which::Teardown);
    let failed = teardowns
        .iter()
        .find(|(_, ending)| ending.code.end != End::Value);
    match failed {
        None => returned.clone(),
        Some((node, ending)) if ending.code.end == End::Error => {
            Answer::Error(ending::error(course.names[*node]))
        }
        Some((node, _)) => {
            let name = match course.order.uses[*node].of {
                Of::Node(other) => graph.nodes[other].slot.entry().name,
                Of::Handler | Of::Reader(_) => "handler",
            };
            Answer::trouble(Trouble::TeardownPanicked, name)
        }
    }
}
