//! What happened in one run, in the order in which it happened.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::ThreadId;

use crate::context::READERS;
use crate::graph::Graph;

tokio::task_local! {
    /// The run that a thread works for. Nodes find it only because it is propagated to every thread
    /// that works for the request.
    pub(crate) static RUN: Arc<Run>;
}

/// A node of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Member {
    /// The handler, a dependency or one use of it, by the order in which they are declared.
    Declared(usize),
    /// So-many-th reading of one reader, from 0.
    Read(usize, usize),
}

impl fmt::Display for Member {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Declared(number) => write!(formatter, "#{number}"),
            Self::Read(reader, time) => write!(formatter, "r{reader} ({time})"),
        }
    }
}

/// What became of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Started,
    Made,
    Failed,
    /// Its future was dropped before it ended.
    Dropped,
}

/// Something that happened.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Event {
    pub(crate) what: What,
    pub(crate) member: Member,
    pub(crate) thread: ThreadId,
}

/// One request for a drawn graph.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) graph: Arc<Graph>,
    log: Mutex<Log>,
}

/// What was logged.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log {
    pub(crate) events: Vec<Event>,
    /// How often each reader has started.
    reads: [usize; READERS],
    /// How many events there were when the request was answered, and by which thread.
    pub(crate) resolved: Option<(usize, ThreadId)>,
}

impl Run {
    pub(crate) fn new(graph: &Arc<Graph>) -> Arc<Self> {
        Arc::new(Self {
            graph: Arc::clone(graph),
            log: Mutex::default(),
        })
    }

    fn log(&self) -> std::sync::MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn start(self: &Arc<Self>, declared: usize) -> Running {
        self.begin(&mut self.log(), Member::Declared(declared))
    }

    pub(crate) fn start_reader(self: &Arc<Self>, reader: usize) -> Running {
        let mut log = self.log();
        let time = log.reads[reader];
        log.reads[reader] += 1;
        self.begin(&mut log, Member::Read(reader, time))
    }

    fn begin(self: &Arc<Self>, log: &mut Log, member: Member) -> Running {
        log.add(What::Started, member);
        Running {
            run: Arc::clone(self),
            member,
            has_ended: false,
        }
    }

    /// The request was answered.
    pub(crate) fn resolved(&self) {
        let mut log = self.log();
        log.resolved = Some((log.events.len(), std::thread::current().id()));
    }

    /// What was logged so far.
    pub(crate) fn logged(&self) -> Log {
        self.log().clone()
    }
}

impl Log {
    fn add(&mut self, what: What, member: Member) {
        self.events.push(Event {
            what,
            member,
            thread: std::thread::current().id(),
        });
    }
}

impl fmt::Display for Log {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, event) in self.events.iter().enumerate() {
            if self.resolved.is_some_and(|(at, _)| at == position) {
                writeln!(formatter, "  -- answered --")?;
            }
            let Event {
                what,
                member,
                thread,
            } = event;
            writeln!(formatter, "  {member} {what:?} on {thread:?}")?;
        }
        Ok(())
    }
}

/// A member that runs.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) run: Arc<Run>,
    pub(crate) member: Member,
    has_ended: bool,
}

impl Running {
    pub(crate) fn end(mut self, what: What) {
        self.has_ended = true;
        self.run.log().add(what, self.member);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !self.has_ended {
            self.run.log().add(What::Dropped, self.member);
        }
    }
}
