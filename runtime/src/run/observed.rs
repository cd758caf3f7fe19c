//! [`Observed`]: what is told of a node while it runs, to a recording and as a span.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tracing::field::{Empty, display};
use tracing::{Level, Span};

use super::node::NodeEnd;
use crate::context::Context;
use crate::explain::{Fate, Recording};
use crate::outcome::Outcome;
use crate::plan::Plan;

/// The target of the spans of nodes.
const TARGET: &str = "hueless::node";

/// A node that is observed. One that is dropped before its end was given up on the way.
pub(super) struct Observed {
    node: u32,
    recording: Option<Arc<Recording>>,
    span: Span,
    has_ended: AtomicBool,
}

/// The crossing to a thread that a node is part of, as far as that node goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crossing {
    /// Counted from 1 in the run.
    pub(super) number: u32,
    /// How long the node was ready before it began.
    pub(super) queued: Duration,
}

/// A thread that a hop has arrived at, and since when nodes are ready that begin there.
pub(super) struct Arrival {
    number: u32,
    ready: Vec<(u32, Instant)>,
}

impl Arrival {
    /// Of a hop with these nodes, which are ready since then.
    pub(super) fn new(number: u32, nodes: &[u32], since: Instant) -> Self {
        Self {
            number,
            ready: nodes.iter().map(|&node| (node, since)).collect(),
        }
    }

    /// A node has become ready here.
    pub(super) fn is_ready(&mut self, node: u32) {
        self.ready.push((node, Instant::now()));
    }

    /// A node begins here.
    pub(super) fn begins(&mut self, node: u32) -> Crossing {
        let position = self.ready.iter().position(|&(ready, _)| ready == node);
        let since = position.map(|position| self.ready.swap_remove(position).1);
        Crossing {
            number: self.number,
            queued: since.map_or(Duration::ZERO, |since| since.elapsed()),
        }
    }
}

/// Whether anybody wants to be told of the nodes of a run.
#[inline]
pub(super) fn is_any(recording: Option<&Arc<Recording>>) -> bool {
    recording.is_some() || tracing::enabled!(target: TARGET, Level::DEBUG)
}

impl Observed {
    /// A node that begins on this thread; `None` if nobody wants to be told.
    pub(super) fn begin<C: Context>(
        recording: Option<&Arc<Recording>>,
        plan: &Plan<C>,
        node: u32,
        crossing: Option<Crossing>,
    ) -> Option<Box<Self>> {
        if !is_any(recording) {
            return None;
        }
        let name = plan.name(node);
        let colour = plan.colour(node);
        let span = tracing::debug_span!(
            target: TARGET,
            "node",
            otel.name = name,
            name,
            colour = %colour,
            hop = Empty,
            queued_us = Empty,
            outcome = Empty,
            otel.status_code = Empty,
        );
        if let Some(Crossing { number, queued }) = crossing {
            span.record("hop", number);
            span.record(
                "queued_us",
                u64::try_from(queued.as_micros()).unwrap_or(u64::MAX),
            );
        }
        if let Some(recording) = recording {
            recording.began(node, crossing.map(|crossing| crossing.number));
        }
        Some(Box::new(Self {
            node,
            recording: recording.cloned(),
            span,
            has_ended: AtomicBool::new(false),
        }))
    }

    /// Does some of its work on this thread.
    pub(super) fn work<T>(observed: Option<&Self>, code: impl FnOnce() -> T) -> T {
        let Some(Self {
            node,
            recording,
            span,
            ..
        }) = observed
        else {
            return code();
        };
        let begun = Instant::now();
        let result = span.in_scope(code);
        if let Some(recording) = recording {
            recording.worked(*node, begun.elapsed());
        }
        result
    }

    /// It has come to its end.
    pub(super) fn end<C: Context>(observed: Option<&Self>, end: &NodeEnd<C>) {
        let Some(observed) = observed else {
            return;
        };
        let (fate, outcome) = match end {
            Ok(_) => (Fate::Made, Outcome::Completed),
            Err(refused) => (Fate::Failed, refused.outcome()),
        };
        observed.tell_end(fate, outcome);
    }

    fn tell_end(&self, fate: Fate, outcome: Outcome) {
        if self.has_ended.swap(true, Ordering::Relaxed) {
            return;
        }
        self.span.record("outcome", display(outcome));
        if fate == Fate::Failed {
            // As OpenTelemetry's layer for spans reads it.
            self.span.record("otel.status_code", "ERROR");
        }
        if let Some(recording) = &self.recording {
            recording.ended(self.node, fate);
        }
    }
}

impl Drop for Observed {
    fn drop(&mut self) {
        self.tell_end(Fate::Dropped, Outcome::Cancelled);
    }
}
