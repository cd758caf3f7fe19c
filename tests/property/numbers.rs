//! Counts what was run, to be printed at the end.

use std::fmt;

use crate::oracle::{Answer, Expected};
use crate::play::Played;

/// What was run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Numbers {
    graphs: u64,
    succeeded: u64,
    failed: u64,
    panicked: u64,
    nodes: u64,
    largest: u64,
    sequential_hops: u64,
    concurrent_runs: u64,
    concurrent_hops: u64,
}

impl Numbers {
    pub(crate) fn count_graph(&mut self, expected: &Expected) {
        self.graphs += 1;
        match expected.answers[0] {
            Answer::Value(_) => self.succeeded += 1,
            Answer::Panic(_) => self.panicked += 1,
            Answer::Error(_) | Answer::Other(_) => self.failed += 1,
        }
        let nodes = expected.order.uses.len() as u64;
        self.nodes += nodes;
        self.largest = self.largest.max(nodes);
    }

    pub(crate) fn count_sequential(&mut self, played: &Played) {
        self.sequential_hops += played.hops;
    }

    pub(crate) fn count_concurrent(&mut self, played: &Played) {
        self.concurrent_runs += 1;
        self.concurrent_hops += played.hops;
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            graphs,
            succeeded,
            failed,
            panicked,
            nodes,
            largest,
            sequential_hops,
            concurrent_runs,
            concurrent_hops,
        } = self;
        write!(
            formatter,
            "{graphs} graphs: {succeeded} succeeded, {failed} failed, {panicked} panicked; {nodes} nodes, at most \
             {largest} in one; {graphs} sequential runs with {sequential_hops} hops, {concurrent_runs} concurrent \
             runs with {concurrent_hops} hops"
        )
    }
}
