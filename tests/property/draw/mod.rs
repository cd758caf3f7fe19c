//! Draws graphs. What is drawn shrinks: fewer nodes, fewer edges, and of each kind the simplest.

mod assemble;
mod kinds;
mod needs;
mod raw;
mod slots;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

use self::assemble::assemble;
use self::kinds::{
    colour, conduct, ending, few, handler_colour, handler_limit, jobs, often, poll_on_lane, rarely,
    raw_code, raw_parameter, role, sometimes,
};
use self::raw::{Fortune, RawFunction, RawGraph, RawHandler, RawNeeds, RawNode, RawReplacement};
use crate::graph::Graph;

/// The most dependencies that a graph has, without those that stand for others.
pub(crate) const MOST_NODES: usize = 40;

/// The most requests that are made at once, and again.
const MOST_REQUESTS: usize = 3;

/// Any graph.
pub(crate) fn graphs() -> impl Strategy<Value = Graph> {
    let nodes = prop_oneof![
        3 => vec(raw_node(), 0..=10),
        2 => vec(raw_node(), 0..=MOST_NODES),
    ];
    let shut_down_early = prop_oneof![3 => Just(None), 1 => (0..6_u8).prop_map(Some)];
    let requests = (vec(conduct(), 1..=MOST_REQUESTS), shut_down_early);
    let drawn = (nodes, handler(), fortune(), poll_on_lane(), requests);
    drawn.prop_map(|(nodes, handler, fortune, poll_on_lane, requests)| {
        let (requests, shut_down_early) = requests;
        assemble(&RawGraph {
            nodes,
            handler,
            fortune,
            poll_on_lane,
            requests,
            shut_down_early,
        })
    })
}

fn fortune() -> impl Strategy<Value = Fortune> {
    let mishaps = || prop_oneof![3 => Just(0), 3 => Just(10), 1 => Just(40)];
    let ending_mishaps = prop_oneof![2 => Just(0), 2 => Just(30), 1 => Just(90)];
    let drawn = (
        mishaps(),
        ending_mishaps,
        any::<bool>(),
        sometimes(),
        sometimes(),
    );
    drawn.prop_map(
        |(mishaps, ending_mishaps, all_can_fail, careless, holds)| Fortune {
            mishaps,
            ending_mishaps,
            all_can_fail,
            careless,
            holds,
        },
    )
}

fn handler() -> impl Strategy<Value = RawHandler> {
    let kind = (handler_colour(), handler_limit(), any::<bool>(), jobs());
    let needs = (
        few(),
        vec((raw_parameter(), any::<u8>()), 0..=4),
        few(),
        any::<bool>(),
        rarely(),
        sometimes(),
    );
    (kind, needs, raw_code()).prop_map(|(kind, needs, code)| {
        let (colour, limit, says_result, jobs) = kind;
        let (requires, parameters, after, consumes, takes_token, lends) = needs;
        RawHandler {
            colour,
            limit,
            requires,
            parameters,
            after,
            consumes,
            takes_token,
            lends,
            says_result,
            jobs,
            code,
        }
    })
}

fn raw_node() -> impl Strategy<Value = RawNode> {
    let kind = (colour(), role(), any::<bool>(), rarely());
    let replacement = prop_oneof![
        9 => Just(None),
        1 => (function(), often())
            .prop_map(|(function, wraps)| Some(RawReplacement { function, wraps })),
    ];
    let place = prop_oneof![9 => any::<u8>().prop_map(Some), 1 => Just(None)];
    (kind, function(), replacement, place).prop_map(|(kind, function, replacement, place)| {
        let (colour, role, can_fail, has_time) = kind;
        RawNode {
            colour,
            role,
            can_fail,
            has_time,
            function,
            replacement,
            place,
        }
    })
}

fn function() -> impl Strategy<Value = RawFunction> {
    let needs = (
        few(),
        vec(raw_parameter(), 0..=3),
        few(),
        rarely(),
        rarely(),
    );
    let needs = needs.prop_map(
        |(requires, parameters, after, takes_token, lends)| RawNeeds {
            requires,
            parameters,
            after,
            takes_token,
            lends,
        },
    );
    let endings = (ending(3), ending(6));
    (sometimes(), needs, raw_code(), endings).prop_map(|drawn| {
        let (stays_on_executor, needs, code, (teardown, after_response)) = drawn;
        RawFunction {
            stays_on_executor,
            needs,
            code,
            teardown,
            after_response,
        }
    })
}
