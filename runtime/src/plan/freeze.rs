//! From drafts in the order they were declared to the arrays of a [`Plan`].

use super::draft::Draft;
use super::order::{Order, Sketch};
use super::pace::Pace;
use super::{Code, Plan, index};
use crate::app::PollOnLane;
use crate::context::Context;

/// Puts the drafts into declaration order. `sketches` are theirs, in the order of `drafts`.
pub(super) fn freeze<C: Context>(
    drafts: Vec<Draft<C>>,
    sketches: &[Sketch],
    order: Order,
    poll_on_lane: PollOnLane,
    sequential: bool,
) -> Plan<C> {
    let mut drafts: Vec<Option<Draft<C>>> = drafts.into_iter().map(Some).collect();
    let drafts: Vec<Draft<C>> = order
        .sketches
        .iter()
        .map(|&sketch| {
            drafts[sketch]
                .take()
                .expect("every draft has one place in the order")
        })
        .collect();
    let Edges { dependents, waits } = edges(&order);
    let leads_to_blocking = leads_to_blocking(&order, &dependents, |node| {
        drafts[node].colour.is_blocking()
    });
    let polled_on_lane = |(node, draft): (usize, &Draft<C>)| {
        !draft.on_executor
            && match poll_on_lane {
                PollOnLane::Always => true,
                PollOnLane::Never => false,
                PollOnLane::WhereItSavesAHop => leads_to_blocking[node],
            }
    };
    Plan {
        names: drafts.iter().map(|draft| draft.name).collect(),
        colours: drafts.iter().map(|draft| draft.colour).collect(),
        can_fail: drafts.iter().map(|draft| draft.can_fail).collect(),
        polled_on_lane: drafts.iter().enumerate().map(polled_on_lane).collect(),
        inputs: inputs(&order, sketches),
        sources: (0..drafts.len())
            .filter(|&node| waits[node] == 0)
            .map(index)
            .collect(),
        dependents: dependents.into_iter().map(Vec::into_boxed_slice).collect(),
        waits: waits.into(),
        reads_left: reads_left(&order),
        reads_context: !order.extractors.is_empty(),
        paces: drafts.iter().map(|_| Pace::unknown()).collect(),
        schedule: order.schedule.into_iter().map(index).collect(),
        code: drafts
            .into_iter()
            .map(|draft| draft.code.unwrap_or(Code::Handler))
            .collect(),
        sequential,
    }
}

struct Edges {
    /// By node: the nodes that wait for it.
    dependents: Vec<Vec<u32>>,
    /// By node: how many it waits for.
    waits: Vec<u32>,
}

fn edges(order: &Order) -> Edges {
    let nodes = order.sketches.len();
    let mut edges = Edges {
        dependents: vec![Vec::new(); nodes],
        waits: vec![0; nodes],
    };
    for &(first, then) in &order.edges {
        edges.dependents[first].push(index(then));
        edges.waits[then] += 1;
    }
    edges
}

/// By node: the nodes whose values it takes.
fn inputs(order: &Order, sketches: &[Sketch]) -> Box<[Box<[u32]>]> {
    let mut index_of = vec![0; sketches.len()];
    for (node, &sketch) in order.sketches.iter().enumerate() {
        index_of[sketch] = index(node);
    }
    let of_sketch = |&sketch: &usize| {
        sketches[sketch]
            .inputs
            .iter()
            .map(|&input| index_of[input])
            .collect()
    };
    order.sketches.iter().map(of_sketch).collect()
}

/// By node: for an extractor, how many run after it.
fn reads_left(order: &Order) -> Box<[usize]> {
    let mut reads_left = vec![0; order.sketches.len()];
    for (left, &extractor) in order.extractors.iter().rev().enumerate() {
        reads_left[extractor] = left;
    }
    reads_left.into()
}

/// By node: whether a blocking node waits for it, however far behind.
fn leads_to_blocking(
    order: &Order,
    dependents: &[Vec<u32>],
    is_blocking: impl Fn(usize) -> bool,
) -> Vec<bool> {
    let mut leads = vec![false; dependents.len()];
    for &node in order.schedule.iter().rev() {
        leads[node] = dependents[node]
            .iter()
            .any(|&then| is_blocking(then as usize) || leads[then as usize]);
    }
    leads
}
