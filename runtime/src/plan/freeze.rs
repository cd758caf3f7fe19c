//! From drafts in the order they were declared to the arrays of a [`Plan`].

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::ahead::Nodes;
use super::draft::Draft;
use super::order::{Order, Sketch};
use super::pace::{Pace, Timing};
use super::slow_poll::SlowPolls;
use super::{Code, Endings, Plan, index};
use crate::app::{Activity, PollOnLane, Settings};
use crate::block::{Floor, Space};
use crate::context::Context;
use crate::meta::Colour;
use crate::value::Value;

/// What holds for the whole plan.
pub(super) struct Rules<'a> {
    pub(super) settings: &'a Settings,
    pub(super) sequential: bool,
    pub(super) timeout: Option<Duration>,
    /// Whether it needs a seat though nothing of it may block.
    pub(super) seat: bool,
    pub(super) activity: Arc<Activity>,
}

/// Puts the drafts into declaration order. `sketches` are theirs, in the order of `drafts`.
pub(super) fn freeze<C: Context>(
    drafts: Vec<Draft<C>>,
    sketches: &[Sketch],
    order: Order,
    rules: Rules<'_>,
) -> Plan<C> {
    let mut drafts: Vec<Option<Draft<C>>> = drafts.into_iter().map(Some).collect();
    let mut drafts: Vec<Draft<C>> = order
        .sketches
        .iter()
        .map(|&sketch| {
            drafts[sketch]
                .take()
                .expect("every draft has one place in the order")
        })
        .collect();
    let Edges { dependents, waits } = edges(&order);
    let is_dropped_behind = is_dropped_behind_root(&drafts);
    // To drop values is a blocking end of the root.
    let ends_blocking = |node: usize| is_dropped_behind && node + 1 == drafts.len();
    let leads_to_blocking = leads_to_blocking(&order, &dependents, |node| {
        drafts[node].colour.is_blocking() || ends_blocking(node)
    });
    let polled_on_lane = |(node, draft): (usize, &Draft<C>)| {
        !draft.on_executor
            && match rules.settings.poll_on_lane {
                PollOnLane::Always => true,
                PollOnLane::Never => false,
                PollOnLane::WhereItSavesAHop => leads_to_blocking[node] || ends_blocking(node),
            }
    };
    let needs_seat = rules.seat || drafts.iter().any(Draft::may_block);
    let seat_after = seat_after(&drafts, &dependents).filter(|_| needs_seat);
    let has_endings = drafts.iter().any(Draft::is_ended);
    let hops = drafts
        .iter()
        .any(|draft| matches!(draft.colour, Colour::Plain | Colour::Cpu));
    let polled_on_lane: Box<[bool]> = drafts.iter().enumerate().map(polled_on_lane).collect();
    let slots = slots(&order, sketches);
    let takes_slots = |draft: &Draft<C>| matches!(draft.code, Some(Code::Slots(_)));
    let starts_simply = |node: usize| {
        let is_given_more = matches!(
            drafts[node].code,
            Some(Code::Cancellation(_) | Code::Slots(_))
        );
        !is_given_more && slots[node].is_none() && seat_after != Some(index(node))
    };
    let starts_simply: Box<[bool]> = (0..drafts.len()).map(starts_simply).collect();
    let slot_takers = (0..drafts.len()).filter(|&node| takes_slots(&drafts[node]));
    let slot_takers = slot_takers.map(index).collect();
    let inputs = nodes(&order, sketches, |sketch| &sketch.inputs);
    let readers = readers(&inputs);
    let nodes_of_run = Nodes {
        drafts: &drafts,
        dependents: &dependents,
        waits: &waits,
        inputs: &inputs,
        readers: &readers,
        polled_on_lane: &polled_on_lane,
        starts_simply: &starts_simply,
    };
    let is_simple = !(has_endings || rules.sequential || rules.timeout.is_some());
    let ahead = is_simple.then(|| nodes_of_run.ahead()).flatten();
    let first_hop = (hops && !rules.sequential).then(|| nodes_of_run.first_hop());
    let first_hop = first_hop.flatten();
    let endings = drafts.iter_mut().map(endings).collect();
    Plan {
        slots,
        slot_takers,
        ids: drafts
            .iter_mut()
            .map(|draft| std::mem::take(&mut draft.ids).into())
            .collect(),
        places: drafts.iter().map(|draft| draft.place).collect(),
        time_limits: drafts.iter().map(|draft| draft.time_limit).collect(),
        endings,
        has_endings,
        goes_elsewhere: hops || has_endings,
        starts_simply,
        floor: floor(&drafts),
        drops_on_lane: drafts.iter().map(Draft::drops_on_lane).collect(),
        keeps_values: false,
        needs_seat,
        seat_after,
        timeout: rules.timeout,
        slow_polls: SlowPolls::new(drafts.len(), rules.settings.slow_poll),
        names: drafts.iter().map(|draft| draft.name).collect(),
        labels: (order.sketches.iter())
            .map(|&sketch| sketches[sketch].label.to_string().into())
            .collect(),
        colours: drafts.iter().map(|draft| draft.colour).collect(),
        can_fail: drafts.iter().map(|draft| draft.can_fail).collect(),
        polled_on_lane,
        readers,
        inputs,
        requires: nodes(&order, sketches, |sketch| &sketch.requires),
        ahead,
        first_hop,
        sources: (0..drafts.len())
            .filter(|&node| waits[node] == 0)
            .map(index)
            .collect(),
        dependents: dependents.into_iter().map(Vec::into_boxed_slice).collect(),
        waits: waits.into(),
        reads_left: reads_left(&order),
        reads_context: !order.extractors.is_empty(),
        timing: Timing::default(),
        paces: drafts.iter().map(|_| Pace::unknown()).collect(),
        schedule: order.schedule.into_iter().map(index).collect(),
        code: drafts
            .into_iter()
            .map(|draft| draft.code.unwrap_or(Code::Handler))
            .collect(),
        activity: rules.activity,
        sequential: rules.sequential,
    }
}

/// The rooms of the nodes, and of what a run keeps for each of them.
fn floor<C: Context>(drafts: &[Draft<C>]) -> Floor {
    let spaces: Vec<Space> = drafts.iter().map(|draft| draft.space).collect();
    Floor::new(drafts.len() * PER_NODE + 32, &spaces)
}

/// How many bytes a run keeps for each node: what it has made, and how far it is.
const PER_NODE: usize = size_of::<Option<Value>>() + size_of::<u64>();

fn endings<C: Context>(draft: &mut Draft<C>) -> Option<Endings<C>> {
    let (teardown, after_response) = (draft.teardown.take(), draft.after_response.take());
    let is_ended = teardown.is_some() || after_response.is_some();
    is_ended.then_some(Endings {
        teardown,
        after_response,
        outlived: AtomicBool::new(false),
    })
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

/// By node: the nodes that `named` names by their sketches.
fn nodes(order: &Order, sketches: &[Sketch], named: fn(&Sketch) -> &[usize]) -> Box<[Box<[u32]>]> {
    let index_of = indices(order, sketches);
    let of_sketch = |&sketch: &usize| {
        named(&sketches[sketch])
            .iter()
            .map(|&other| index_of[other])
            .collect()
    };
    order.sketches.iter().map(of_sketch).collect()
}

/// By node: for how many parameters its value is taken.
fn readers(inputs: &[Box<[u32]>]) -> Box<[u32]> {
    let mut readers = vec![0; inputs.len()];
    for &input in inputs.iter().flatten() {
        readers[input as usize] += 1;
    }
    readers.into()
}

/// By node: the node that takes the slot for it.
fn slots(order: &Order, sketches: &[Sketch]) -> Box<[Option<u32>]> {
    let index_of = indices(order, sketches);
    let of_sketch = |&sketch: &usize| sketches[sketch].slots.map(|slots| index_of[slots]);
    order.sketches.iter().map(of_sketch).collect()
}

/// By sketch: its node.
fn indices(order: &Order, sketches: &[Sketch]) -> Vec<u32> {
    let mut index_of = vec![0; sketches.len()];
    for (node, &sketch) in order.sketches.iter().enumerate() {
        index_of[sketch] = index(node);
    }
    index_of
}

/// By node: for an extractor, how many run after it.
fn reads_left(order: &Order) -> Box<[usize]> {
    let mut reads_left = vec![0; order.sketches.len()];
    for (left, &extractor) in order.extractors.iter().rev().enumerate() {
        reads_left[extractor] = left;
    }
    reads_left.into()
}

/// The node that reads the body, if everything waits for it but other extractors.
fn seat_after<C: Context>(drafts: &[Draft<C>], dependents: &[Vec<u32>]) -> Option<u32> {
    let body = drafts.iter().position(Draft::reads_body)?;
    let mut waits = vec![false; drafts.len()];
    let mut next = vec![body];
    while let Some(node) = next.pop() {
        if !std::mem::replace(&mut waits[node], true) {
            next.extend(dependents[node].iter().map(|&then| then as usize));
        }
    }
    let mut nodes = drafts.iter().zip(waits);
    nodes
        .all(|(draft, waits)| waits || draft.sketch.is_extractor)
        .then(|| index(body))
}

/// Whether a thread drops something as soon as the root is over, before anything is torn down.
fn is_dropped_behind_root<C: Context>(drafts: &[Draft<C>]) -> bool {
    let dependencies = drafts.iter().rev().skip(1);
    let mut behind = dependencies.take_while(|draft| draft.teardown.is_none());
    behind.any(|draft| draft.drops_on_lane() && draft.after_response.is_none())
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
