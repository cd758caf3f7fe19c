//! [`Observed`]: what is told of a node while it runs, to a recording and as a span.

use std::sync::Arc;
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

/// A node that is observed.
pub(super) struct Observed {
    node: u32,
    recording: Option<Arc<Recording>>,
    span: Span,
}

/// The crossing to a thread that a node is part of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crossing {
    /// Counted from 1 in the run.
    pub(super) number: u32,
    /// How long it took to get there.
    pub(super) queued: Duration,
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
        }))
    }

    /// Does some of its work on this thread.
    pub(super) fn work<T>(observed: Option<&Self>, code: impl FnOnce() -> T) -> T {
        let Some(Self {
            node,
            recording,
            span,
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
        observed.span.record("outcome", display(outcome));
        if let Some(recording) = &observed.recording {
            recording.ended(observed.node, fate);
        }
    }
}
