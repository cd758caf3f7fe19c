//! [`Watched`]: what inspectors are told of one handler in one context.

use std::any::type_name;
use std::collections::VecDeque;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::histogram::Histogram;
use crate::app::App;
use crate::context::Context;
use crate::explain::{Explanation, Fate, Sampler};
use crate::graph::Graph;
use crate::handler::HandlerMeta;
use crate::meta::{Colour, Meta, Place, without_modules};
use crate::outcome::Outcome;
use crate::plan::{Plan, SlowPolls};

/// How many requests of a handler are kept: a screenful to choose from. Each takes room for as long as
/// the app lives.
const KEPT: usize = 16;

/// What the inspectors of one app have in common.
#[derive(Debug, Default)]
pub(crate) struct Inspection {
    /// One request in so many is written down. Nothing is here before the first inspector.
    every: OnceLock<AtomicU64>,
    handlers: AtomicU64,
    explanations: AtomicU64,
}

impl Inspection {
    /// Begins to count, and to write down one request in so many.
    pub(super) fn begin(&self, every: u64) {
        let known = self.every.get_or_init(|| AtomicU64::new(every));
        known.store(every, Ordering::Relaxed);
    }

    /// One request in so many is written down. `None` before the first inspector.
    pub(super) fn every(&self) -> Option<u64> {
        let every = self.every.get()?;
        Some(every.load(Ordering::Relaxed))
    }
}

/// What inspectors are told of one handler in one context.
pub(crate) struct Watched {
    inspection: Arc<Inspection>,
    pub(super) number: u64,
    pub(super) meta: &'static Meta,
    /// The type of the context, without modules.
    pub(super) context: String,
    pub(super) graph: fn(&App) -> Graph,
    pub(super) nodes: Box<[Node]>,
    pub(super) slow_polls: SlowPolls,
    requests: AtomicU64,
    seen: Mutex<Seen>,
}

/// What is known of a node before it runs.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) label: Arc<str>,
    pub(super) colour: Colour,
    pub(super) place: Place,
}

/// What was written down.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) completed: u64,
    pub(super) failed: u64,
    pub(super) cancelled: u64,
    pub(super) panicked: u64,
    /// Turned away before anything of them ran.
    pub(super) refused: u64,
    pub(super) answered: Histogram,
    /// By node.
    pub(super) nodes: Vec<SeenNode>,
    /// The oldest first, each with its number.
    pub(super) last: VecDeque<(u64, Explanation)>,
}

/// What was written down of one node.
#[derive(Debug, Default)]
pub(super) struct SeenNode {
    pub(super) made: u64,
    pub(super) failed: u64,
    pub(super) dropped: u64,
    pub(super) skipped: u64,
    /// Ready, without a thread that had come to it.
    pub(super) queued: Histogram,
    pub(super) took: Histogram,
}

/// Has inspectors be told of a handler whose plan was built.
pub(crate) fn watch<H: HandlerMeta, C: Context>(app: &App, plan: &Plan<C>) {
    let inspection = Arc::clone(app.inspection());
    let nodes = (0..=plan.root()).map(|node| Node {
        label: Arc::clone(plan.label(node)),
        colour: plan.colour(node),
        place: plan.place(node),
    });
    plan.activity().watch(Watched {
        number: inspection.handlers.fetch_add(1, Ordering::Relaxed),
        inspection,
        meta: H::META,
        context: without_modules(type_name::<C>()),
        graph: App::graph::<H>,
        nodes: nodes.collect(),
        slow_polls: plan.slow_polls().share(),
        requests: AtomicU64::new(0),
        seen: Mutex::default(),
    });
}

impl Watched {
    /// Whether there is an inspector.
    pub(crate) fn is_looked_at(&self) -> bool {
        self.inspection.every().is_some()
    }

    /// How many requests there were since the first inspector.
    pub(super) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    pub(super) fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request that is kept.
    pub(super) fn explanation(&self, number: u64) -> Option<Explanation> {
        let seen = self.seen();
        let found = seen.last.iter().find(|(known, _)| *known == number);
        found.map(|(_, explanation)| explanation.clone())
    }
}

impl Sampler for Watched {
    fn wants(&self, _handler: &'static str) -> bool {
        let Some(every) = self.inspection.every() else {
            return false;
        };
        let before = self.requests.fetch_add(1, Ordering::Relaxed);
        before.checked_rem(every) == Some(0)
    }

    fn take(&self, explanation: Explanation) {
        let explanations = &self.inspection.explanations;
        let number = explanations.fetch_add(1, Ordering::Relaxed);
        self.seen().add(number, explanation);
    }
}

impl Seen {
    fn add(&mut self, number: u64, explanation: Explanation) {
        match explanation.outcome() {
            _ if explanation.is_refused() => self.refused += 1,
            Outcome::Completed => self.completed += 1,
            Outcome::Failed => self.failed += 1,
            Outcome::Cancelled => self.cancelled += 1,
            Outcome::Panicked => self.panicked += 1,
        }
        if let Some(answered) = explanation.answered() {
            self.answered.add(answered);
        }
        let nodes = explanation.nodes();
        self.nodes.resize_with(nodes.len(), SeenNode::default);
        for (seen, node) in self.nodes.iter_mut().zip(nodes) {
            match node.fate {
                Fate::Made => seen.made += 1,
                Fate::Failed => seen.failed += 1,
                Fate::Dropped => seen.dropped += 1,
                Fate::Skipped => seen.skipped += 1,
            }
            if let Some(queued) = node.queued() {
                seen.queued.add(queued);
            }
            if let Some(took) = node.took() {
                seen.took.add(took);
            }
        }
        if self.last.len() == KEPT {
            self.last.pop_front();
        }
        self.last.push_back((number, explanation));
    }
}

impl fmt::Debug for Watched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Watched")
            .field("handler", &self.meta.name)
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}
