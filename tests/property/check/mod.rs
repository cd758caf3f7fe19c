//! What is demanded of every run.

use std::collections::{BTreeSet, HashMap};

use crate::graph::Graph;
use crate::log::{Event, What};
use crate::oracle::{Answer, Expected};
use crate::play::Played;

macro_rules! demand {
    ($holds:expr, $($otherwise:tt)+) => {
        if !$holds {
            return Err(format!($($otherwise)+));
        }
    };
}

/// When a node started and ended, as positions in the log.
#[derive(Debug, Clone, Copy)]
struct Span {
    started: usize,
    ended: usize,
    how: What,
}

/// Demands what holds of both executors.
fn both(
    graph: &Graph,
    expected: &Expected,
    played: &Played,
) -> Result<HashMap<usize, Span>, String> {
    let spans = spans(expected, &played.log.events)?;
    for (&node, span) in &spans {
        let member = expected.order.uses[node].of;
        demand!(
            expected.outcomes[node] != crate::oracle::Outcome::Never,
            "{member} started, though something it waits for does not succeed"
        );
        for &other in &expected.order.waits[node] {
            let name = expected.order.uses[other].of;
            // Only the handler's own readers are waited for and stand later; they may have failed.
            let must_be_made = expected.order.position[other] < expected.order.position[node];
            let has_ended = match spans.get(&other) {
                Some(first) => {
                    first.ended < span.started && (!must_be_made || first.how == What::Made)
                }
                None => !must_be_made,
            };
            demand!(has_ended, "{member} started before {name} had ended");
        }
    }
    let plain = spans
        .keys()
        .filter(|&&node| expected.order.is_plain(graph, node));
    let plain = plain.count() as u64;
    demand!(
        played.hops <= plain,
        "{} hops for {plain} blocking nodes",
        played.hops
    );
    Ok(spans)
}

/// Demands that a run one after the other did exactly what the rules say.
pub(crate) fn sequential(
    graph: &Graph,
    expected: &Expected,
    played: &Played,
) -> Result<(), String> {
    demand!(
        played.answer == expected.answers[0],
        "answered {:?} and not {:?}",
        played.answer,
        expected.answers[0]
    );
    let spans = both(graph, expected, played)?;
    let mut sequence: Vec<(usize, Span)> = spans.into_iter().collect();
    sequence.sort_by_key(|(_, span)| span.started);
    let nodes: Vec<usize> = sequence.iter().map(|(node, _)| *node).collect();
    demand!(
        nodes == expected.sequence,
        "the order is {nodes:?} and not {:?}",
        expected.sequence
    );
    let alone = sequence
        .iter()
        .all(|(_, span)| span.ended == span.started + 1);
    demand!(alone, "nodes overlap");
    demand!(
        events_after_the_answer(played).is_empty(),
        "something runs after the answer"
    );
    Ok(())
}

/// Demands that a concurrent run agrees with it.
pub(crate) fn concurrent(
    graph: &Graph,
    expected: &Expected,
    played: &Played,
) -> Result<(), String> {
    demand!(
        expected.answers.contains(&played.answer),
        "answered {:?} and not one of {:?}",
        played.answer,
        expected.answers
    );
    let spans = both(graph, expected, played)?;
    let made: BTreeSet<usize> = spans
        .iter()
        .filter(|(_, span)| span.how == What::Made)
        .map(|(&node, _)| node)
        .collect();
    let missing: Vec<usize> = must_be_made(graph, expected)
        .into_iter()
        .filter(|node| !made.contains(node))
        .collect();
    demand!(missing.is_empty(), "{missing:?} were not made");
    let events = events_after_the_answer(played);
    if let Answer::Value(_) = played.answer {
        demand!(events.is_empty(), "something runs after the answer");
    }
    // A thread may be in the middle of one node when the rejection leaves; it begins no other.
    let (_, driver) = played.log.resolved.ok_or("it was never answered")?;
    let mut busy_with = HashMap::new();
    for event in events {
        let first = *busy_with.entry(event.thread).or_insert(event.member);
        demand!(
            event.thread != driver && first == event.member,
            "{} runs after the rejection",
            event.member
        );
    }
    Ok(())
}

fn events_after_the_answer(played: &Played) -> &[Event] {
    match played.log.resolved {
        Some((at, _)) => &played.log.events[at..],
        None => &[],
    }
}

/// What a run one after the other makes. A rejection waits only for nodes that say they can fail and
/// for what those wait for, so of a rejected run it is these.
fn must_be_made(graph: &Graph, expected: &Expected) -> BTreeSet<usize> {
    let succeeds = expected.outcomes[0].is_made();
    let mut open: Vec<usize> = expected
        .sequence
        .iter()
        .copied()
        .filter(|&node| expected.outcomes[node].is_made())
        .filter(|&node| succeeds || expected.order.uses[node].can_fail(graph))
        .collect();
    let mut found = BTreeSet::new();
    while let Some(node) = open.pop() {
        if found.insert(node) {
            let waits = expected.order.waits[node].iter().copied();
            open.extend(waits.filter(|&other| expected.outcomes[other].is_made()));
        }
    }
    found
}

/// When each node ran. None runs twice, and each that started ended.
fn spans(expected: &Expected, events: &[Event]) -> Result<HashMap<usize, Span>, String> {
    let mut spans: HashMap<usize, Span> = HashMap::new();
    for (at, event) in events.iter().enumerate() {
        let member = event.member;
        let node = *expected
            .members
            .get(&member)
            .ok_or_else(|| format!("{member} is no node of the graph"))?;
        if event.what == What::Started {
            let span = Span {
                started: at,
                ended: usize::MAX,
                how: What::Started,
            };
            demand!(spans.insert(node, span).is_none(), "{member} started twice");
        } else {
            let span = spans
                .get_mut(&node)
                .ok_or_else(|| format!("{member} ended but never started"))?;
            demand!(span.ended == usize::MAX, "{member} ended twice");
            span.ended = at;
            span.how = event.what;
        }
    }
    let lost = spans.iter().find(|(_, span)| span.ended == usize::MAX);
    demand!(lost.is_none(), "{lost:?} started and never ended");
    Ok(spans)
}
