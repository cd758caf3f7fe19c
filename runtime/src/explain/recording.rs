//! [`Recording`]: what is written down while a request runs.
//!
//! The run holds it, and whatever goes on for the request. Whoever lets go of it last hands the
//! explanation to who wanted it.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant, SystemTime};

use super::{ExplainedEnding, ExplainedNode, Explanation, Fate, Sampler};
use crate::meta::{Colour, Place};
use crate::outcome::Outcome;
use crate::unwind::contain;

/// What is known of a node before it runs.
pub(crate) struct Sketch {
    pub(crate) name: &'static str,
    pub(crate) label: Arc<str>,
    pub(crate) place: Place,
    pub(crate) colour: Colour,
    /// The nodes that it waits for.
    pub(crate) inputs: Arc<[usize]>,
}

/// Which end of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Teardown,
    AfterResponse,
}

/// What is written down of one request.
pub(crate) struct Recording {
    /// Who wants it.
    takers: Vec<Arc<dyn Sampler>>,
    handler: &'static str,
    began: SystemTime,
    start: Instant,
    state: Mutex<State>,
}

struct State {
    nodes: Vec<ExplainedNode>,
    /// The threads so far, with what they are called here.
    threads: Vec<(ThreadId, Arc<str>)>,
    seated: Option<Duration>,
    settled: Option<Duration>,
    answered: Option<Duration>,
    is_refused: bool,
    outcome: Outcome,
}

impl Recording {
    /// Begins to write down a request.
    pub(crate) fn begin(
        takers: Vec<Arc<dyn Sampler>>,
        handler: &'static str,
        nodes: impl IntoIterator<Item = Sketch>,
    ) -> Arc<Self> {
        let nodes = nodes.into_iter().map(|sketch| ExplainedNode {
            name: sketch.name,
            label: sketch.label,
            place: sketch.place,
            colour: sketch.colour,
            fate: Fate::Skipped,
            ready: None,
            began: None,
            ended: None,
            busy: Duration::ZERO,
            thread: None,
            hop: None,
            inputs: sketch.inputs,
            waited_for: None,
            teardown: None,
            after_response: None,
        });
        let state = State {
            nodes: nodes.collect(),
            threads: Vec::new(),
            seated: None,
            settled: None,
            answered: None,
            is_refused: false,
            outcome: Outcome::Cancelled,
        };
        Arc::new(Self {
            takers,
            handler,
            began: SystemTime::now(),
            start: Instant::now(),
            state: Mutex::new(state),
        })
    }

    /// The request is turned away: nothing of it runs.
    pub(crate) fn refused(&self) {
        self.answered(Outcome::Failed);
        self.state().is_refused = true;
    }

    /// It has waited for a seat, and has one.
    pub(crate) fn seated(&self) {
        let now = self.start.elapsed();
        self.state().seated = Some(now);
    }

    /// A node begins on this thread.
    pub(crate) fn began(&self, node: u32, hop: Option<u32>) {
        let now = self.start.elapsed();
        let mut state = self.state();
        let thread = state.this_thread();
        let node = &mut state.nodes[node as usize];
        node.began = Some(now);
        node.fate = Fate::Dropped;
        node.thread = Some(thread);
        node.hop = hop;
    }

    /// A node has held this thread for so long.
    pub(crate) fn worked(&self, node: u32, time: Duration) {
        self.state().nodes[node as usize].busy += time;
    }

    /// A node has come to its end.
    pub(crate) fn ended(&self, node: u32, fate: Fate) {
        let now = self.start.elapsed();
        let mut state = self.state();
        let node = &mut state.nodes[node as usize];
        node.ended = Some(now);
        node.fate = fate;
    }

    /// The value of a node was ended on this thread, which began at `began`.
    pub(crate) fn value_ended(&self, node: u32, phase: Phase, is_plain: bool, began: Instant) {
        let mut state = self.state();
        let ending = Some(ExplainedEnding {
            is_plain,
            began: began.saturating_duration_since(self.start),
            ended: self.start.elapsed(),
            thread: state.this_thread(),
        });
        let node = &mut state.nodes[node as usize];
        match phase {
            Phase::Teardown => node.teardown = ending,
            Phase::AfterResponse => node.after_response = ending,
        }
    }

    /// The answer leaves, but for teardowns, after which this is called again.
    pub(crate) fn answered(&self, outcome: Outcome) {
        let now = self.start.elapsed();
        let mut state = self.state();
        state.settled.get_or_insert(now);
        state.answered = Some(now);
        state.outcome = outcome;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// What this thread is called: by its name, and by a number from the second of that name on.
    fn this_thread(&mut self) -> Arc<str> {
        let this = thread::current();
        if let Some((_, label)) = self.threads.iter().find(|(id, _)| *id == this.id()) {
            return Arc::clone(label);
        }
        let name = this.name().unwrap_or("thread");
        let is_called_so = |label: &str| {
            let rest = label.strip_prefix(name);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
        };
        let others = self.threads.iter().filter(|(_, label)| is_called_so(label));
        let label = match others.count() {
            0 => name.to_owned(),
            others => format!("{name} ({})", others + 1),
        };
        let label = Arc::<str>::from(label);
        self.threads.push((this.id(), Arc::clone(&label)));
        label
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        let over = self.start.elapsed();
        let state = self.state.get_mut().unwrap_or_else(PoisonError::into_inner);
        let mut nodes = std::mem::take(&mut state.nodes);
        find_ready(&mut nodes, state.seated);
        let explanation = Explanation {
            handler: self.handler,
            began: self.began,
            seated: state.seated,
            settled: state.settled,
            answered: state.answered,
            is_refused: state.is_refused,
            over,
            outcome: state.outcome,
            nodes: nodes.into(),
        };
        for taker in &self.takers {
            contain(|| taker.take(explanation.clone()));
        }
    }
}

impl fmt::Debug for Recording {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Recording")
            .field("handler", &self.handler)
            .finish_non_exhaustive()
    }
}

/// A node is ready when the last of its inputs was there, and the seat if it had to wait for that.
fn find_ready(nodes: &mut [ExplainedNode], seated: Option<Duration>) {
    for position in 0..nodes.len() {
        let Some(began) = nodes[position].began else {
            continue;
        };
        let inputs = Arc::clone(&nodes[position].inputs);
        let made = inputs
            .iter()
            .filter_map(|&input| Some((nodes[input].ended?, input)));
        let last = made.max();
        let node = &mut nodes[position];
        let made = last.map(|(ended, _)| ended);
        let seated = seated.filter(|&seated| seated <= began);
        node.ready = Some(made.max(seated).unwrap_or_default());
        node.waited_for = last.map(|(_, input)| input);
    }
}
