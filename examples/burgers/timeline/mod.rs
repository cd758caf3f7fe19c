//! [`Timeline`]: which step ran when, and on what kind of thread.

mod picture;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};
use std::time::{Duration, Instant};

/// What happened in one run. A clone is a handle to the same timeline.
#[derive(Debug, Clone)]
pub(crate) struct Timeline {
    started: Instant,
    executor: ThreadId,
    steps: Arc<Mutex<Vec<Step>>>,
}

#[derive(Debug)]
struct Step {
    name: &'static str,
    thread: Thread,
    from: Duration,
    /// `None` while it runs.
    to: Option<Duration>,
}

/// Where a step began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thread {
    /// The one that drives all futures.
    Executor,
    /// One that may block.
    Lane(ThreadId),
    /// One of the work-stealing pool, by its number there.
    Cpu(usize),
}

/// A step that runs for as long as this value lives.
#[derive(Debug)]
#[must_use = "the step ends when this is dropped"]
pub(crate) struct Running<'a> {
    timeline: &'a Timeline,
    index: usize,
}

impl Timeline {
    /// A timeline that starts now. Call it on the executor's only thread.
    pub(crate) fn start() -> Self {
        Self {
            started: Instant::now(),
            executor: thread::current().id(),
            steps: Arc::default(),
        }
    }

    /// Begins a step.
    pub(crate) fn step(&self, name: &'static str) -> Running<'_> {
        let step = Step {
            name,
            thread: self.this_thread(),
            from: self.started.elapsed(),
            to: None,
        };
        let mut steps = self.steps();
        steps.push(step);
        Running {
            timeline: self,
            index: steps.len() - 1,
        }
    }

    fn this_thread(&self) -> Thread {
        let this = thread::current().id();
        match rayon::current_thread_index() {
            Some(number) => Thread::Cpu(number + 1),
            None if this == self.executor => Thread::Executor,
            None => Thread::Lane(this),
        }
    }

    fn steps(&self) -> MutexGuard<'_, Vec<Step>> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let ended = self.timeline.started.elapsed();
        self.timeline.steps()[self.index].to = Some(ended);
    }
}
