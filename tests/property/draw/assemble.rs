//! Makes a graph of what was drawn.

use hueless::Colour;

use super::needs::{Nameable, Needs, Readers};
use super::raw::{
    Fortune, Hold, RawCode, RawEnding, RawFunction, RawGraph, RawNode, RawReplacement,
};
use super::slots::{Wanted, free_slot};
use crate::catalogue::Slot;
use crate::graph::{Code, End, Ending, Graph, Handler, Limit, Node, Parameter, Role};
use crate::oracle::{Of, unfold};

/// The most nodes that a run has, uses of transient ones counted one by one.
const MOST_USES: usize = 100;

pub(super) fn assemble(raw: &RawGraph) -> Graph {
    let mut readers = Readers::new(raw);
    let mut nodes: Vec<Node> = Vec::new();
    // By node: whether it needs nothing that belongs to a request.
    let mut may_stand_behind: Vec<bool> = Vec::new();
    let mut replacements: Vec<Node> = Vec::new();
    for drawn in &raw.nodes {
        let nameable = match drawn.role {
            Role::Singleton => Nameable::behind_singletons(&may_stand_behind),
            _ => Nameable::before(nodes.len()),
        };
        let needs = readers.needs(&drawn.function.needs, &nameable, &nodes);
        let stands_behind = stands_behind(drawn.role, &needs, &may_stand_behind);
        let slot = slot(raw, drawn, stands_behind, &nodes);
        let conditions = Conditions {
            fortune: raw.fortune,
            stands_behind,
        };
        let mut node = conditions.node(slot, &drawn.function, needs);
        let replacement = drawn.replacement.as_ref().zip(slot.replacement());
        if let Some((replacement, slot)) = replacement {
            let mut replacement = replacement.clone();
            let (mut conditions, mut nameable) = (conditions, nameable);
            if slot.role == Role::Singleton && drawn.role != Role::Singleton {
                // It cannot take what belongs to a request.
                replacement.wraps = false;
                conditions.stands_behind = true;
                nameable = Nameable::behind_singletons(&may_stand_behind);
            }
            let needs = readers.needs(&replacement.function.needs, &nameable, &nodes);
            let made = conditions.replacement(nodes.len(), slot, &replacement, needs);
            replacements.push(made);
        }
        // What is replaced in one context alone cannot be behind a singleton, which has none.
        let is_replaced = replacement.is_some() && drawn.role == Role::Transient;
        may_stand_behind.push(stands_behind && !is_replaced);
        node.lends &= node.slot.role != Role::Singleton && !stands_behind;
        nodes.push(node);
    }
    let handler = handler(raw, &nodes, &mut readers);
    nodes.extend(replacements);
    let mut graph = Graph {
        nodes,
        readers: readers.codes,
        handler,
        poll_on_lane: raw.poll_on_lane,
        requests: raw.requests.clone(),
        shut_down_early: raw.shut_down_early,
    };
    share_until_it_fits(&mut graph, &may_stand_behind);
    if graph.handler.limit == Limit::Tight && !is_endless(&graph) {
        graph.handler.limit = Limit::Generous;
    }
    graph
}

/// Whether the node needs nothing that belongs to a request.
fn stands_behind(role: Role, needs: &Needs, may_stand_behind: &[bool]) -> bool {
    let is_free = |&node: &usize| may_stand_behind[node];
    let takes_nothing_else = needs.parameters.iter().all(|parameter| match parameter {
        Parameter::Depends(node) => may_stand_behind[*node],
        Parameter::Reads(_) => false,
    });
    match role {
        Role::Singleton => true,
        Role::Transient => takes_nothing_else && needs.requires.iter().all(is_free),
        Role::Shared | Role::Guard => false,
    }
}

fn slot(raw: &RawGraph, drawn: &RawNode, stands_behind: bool, nodes: &[Node]) -> Slot {
    let hold = hold(
        raw.fortune,
        drawn.colour,
        &drawn.function.code,
        stands_behind,
    );
    let taken: Vec<Slot> = nodes.iter().map(|node| node.slot).collect();
    let wanted = Wanted {
        role: drawn.role,
        colour: drawn.colour,
        can_fail: drawn.can_fail || raw.fortune.all_can_fail,
        limit: match hold {
            Some(hold) if hold.is_late => Limit::Tight,
            Some(_) => Limit::None,
            None if drawn.has_time => Limit::Generous,
            None => Limit::None,
        },
        is_replaced: drawn.replacement.is_some(),
    };
    free_slot(&taken, wanted)
}

/// How a node waits for what does not come while it is wanted. A singleton does so only if it may
/// not take long: otherwise no request would be answered.
fn hold(fortune: Fortune, colour: Colour, code: &RawCode, stands_behind: bool) -> Option<Hold> {
    let may_wait = matches!(colour, Colour::Async | Colour::Plain);
    code.held
        .filter(|hold| fortune.holds && may_wait && (hold.is_late || !stands_behind))
}

/// Under which conditions a node is made.
#[derive(Clone, Copy)]
struct Conditions {
    fortune: Fortune,
    stands_behind: bool,
}

impl Conditions {
    fn node(self, slot: Slot, raw: &RawFunction, needs: Needs) -> Node {
        let Self {
            fortune,
            stands_behind,
        } = self;
        // What comes of a singleton is certain.
        let careless = fortune.careless && !stands_behind;
        let mut code = raw.code.code(fortune.mishaps, slot.can_fail, careless);
        let hold = hold(fortune, slot.colour, &raw.code, stands_behind);
        if let Some(hold) = hold
            && hold.is_late == (slot.limit() == Limit::Tight)
        {
            code = raw.code.held_code(hold, code);
        }
        let is_shared = slot.role != Role::Transient;
        let ends_after = is_shared && slot.role != Role::Singleton;
        let ending = |raw: &RawEnding| {
            let mut ending = ending(fortune, slot.can_fail, raw);
            // What is made for the app has no response to leave work for.
            ending.leaves &= ends_after;
            ending
        };
        Node {
            slot,
            replaces: None,
            stays_on_executor: raw.stays_on_executor && slot.colour == Colour::Async,
            requires: needs.requires,
            parameters: needs.parameters,
            after: needs.after,
            takes_token: raw.needs.takes_token || code.is_told(),
            lends: raw.needs.lends,
            code,
            teardown: raw.teardown.as_ref().filter(|_| is_shared).map(ending),
            after_response: raw
                .after_response
                .as_ref()
                .filter(|_| ends_after)
                .map(ending),
        }
    }

    /// What stands for the node of that number.
    fn replacement(self, number: usize, slot: Slot, raw: &RawReplacement, needs: Needs) -> Node {
        let mut node = self.node(slot, &raw.function, needs);
        node.replaces = Some(number);
        node.lends &= !self.stands_behind;
        if raw.wraps {
            node.parameters.push(Parameter::Depends(number));
        }
        node
    }
}

fn ending(fortune: Fortune, can_fail: bool, raw: &RawEnding) -> Ending {
    // A panic is no error that a type could deny.
    let code = raw.code.code(fortune.ending_mishaps, can_fail, true);
    Ending {
        is_plain: raw.is_plain,
        leaves: raw.leaves,
        code,
    }
}

fn handler(raw: &RawGraph, nodes: &[Node], readers: &mut Readers<'_>) -> Handler {
    let drawn = &raw.handler;
    let nameable = Nameable::before(nodes.len());
    let may_wait = matches!(drawn.colour, Colour::Async | Colour::Plain);
    let code = drawn.code.code(raw.fortune.mishaps, true, true);
    let code = match drawn.code.held {
        Some(hold) if raw.fortune.holds && may_wait => drawn.code.held_code(hold, code),
        _ => code,
    };
    let is_named = |node: usize| {
        nodes.iter().any(|other| {
            other.requires.contains(&node) || other.parameters.contains(&Parameter::Depends(node))
        })
    };
    let mut placed: Vec<(u8, Parameter)> = Vec::new();
    for (number, node) in raw.nodes.iter().enumerate() {
        if let (Some(place), false) = (node.place, is_named(number)) {
            placed.push((place, Parameter::Depends(number)));
        }
    }
    for (parameter, place) in &drawn.parameters {
        let parameter = readers.parameter(parameter, &nameable);
        placed.extend(parameter.map(|parameter| (*place, parameter)));
    }
    placed.sort_by_key(|(place, _)| *place);
    Handler {
        colour: drawn.colour,
        limit: drawn.limit,
        requires: nameable.all_at(&drawn.requires),
        parameters: placed.into_iter().map(|(_, parameter)| parameter).collect(),
        after: nameable.shared_at(&drawn.after, nodes),
        consumes: drawn.consumes,
        takes_token: drawn.takes_token || code.is_told(),
        lends: drawn.lends,
        says_result: drawn.says_result,
        jobs: drawn
            .jobs
            .iter()
            .map(|job| ending(raw.fortune, true, job))
            .collect(),
        code,
    }
}

/// Whether a request may not be answered for want of what does not come.
fn is_endless(graph: &Graph) -> bool {
    let nodes = graph.nodes.iter().filter(|node| !node.is_late());
    let readers = graph.readers.iter().flatten();
    let mut codes = nodes
        .map(|node| &node.code)
        .chain(readers)
        .chain([&graph.handler.code]);
    codes.any(Code::is_held)
}

/// Transient nodes that need transient nodes multiply: shares the last ones until there are few.
fn share_until_it_fits(graph: &mut Graph, may_stand_behind: &[bool]) {
    while !fits(graph) {
        let transient = |node: &Node| node.slot.role == Role::Transient;
        let Some(last) = graph.nodes.iter().rposition(transient) else {
            return;
        };
        if graph.nodes[last].replaces.is_some() {
            graph.nodes.remove(last);
            continue;
        }
        graph.nodes.retain(|node| node.replaces != Some(last));
        let taken: Vec<Slot> = graph.nodes.iter().map(|node| node.slot).collect();
        let slot = graph.nodes[last].slot;
        let is_behind = may_stand_behind[last];
        graph.nodes[last].slot = free_slot(
            &taken,
            Wanted {
                role: if is_behind {
                    Role::Singleton
                } else {
                    Role::Shared
                },
                colour: slot.colour,
                can_fail: slot.can_fail,
                limit: slot.limit(),
                is_replaced: false,
            },
        );
        settle(&mut graph.nodes[last]);
    }
}

/// Has a node that was given another type do what that type may.
fn settle(node: &mut Node) {
    if node.slot.limit() != Limit::Tight {
        node.code.steps.retain(|step| !step.is_held());
    }
    if node.code.end == End::Error && !node.slot.can_fail {
        node.code.end = End::Value;
    }
    node.stays_on_executor &= node.slot.colour == Colour::Async;
}

fn fits(graph: &Graph) -> bool {
    let singletons = (0..graph.nodes.len()).filter(|&node| graph.nodes[node].is_singleton());
    let mut roots = singletons.map(Of::Node).chain([Of::Handler]);
    roots.all(|root| unfold(graph, root, MOST_USES).is_some())
}
