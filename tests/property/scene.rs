//! A scene: one app in which a drawn graph is played, with all its requests and its log.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::runtime::{Handle, Id};
use tokio::sync::oneshot;

use crate::context::READERS;
use crate::gate::Gate;
use crate::give_up::Cue;
use crate::graph::Graph;
use crate::log::{Event, Member, What, Whose};

tokio::task_local! {
    /// The run that a thread works for. Nodes find it only because it is propagated to every thread
    /// that works for the request.
    pub(crate) static RUN: Arc<Run>;
}

/// One app and all that happens in it.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) graph: Arc<Graph>,
    events: Mutex<Vec<Event>>,
    runs: Mutex<Vec<Weak<Run>>>,
}

impl Scene {
    pub(crate) fn new(graph: &Arc<Graph>) -> Arc<Self> {
        Arc::new(Self {
            graph: Arc::clone(graph),
            events: Mutex::default(),
            runs: Mutex::default(),
        })
    }

    /// Lets whatever waits go on.
    pub(crate) fn open_gates(&self) {
        for run in lock(&self.runs).iter().filter_map(Weak::upgrade) {
            run.gate.open();
            run.give_back();
        }
    }

    /// What was logged so far.
    pub(crate) fn events(&self) -> Vec<Event> {
        lock(&self.events).clone()
    }

    /// The log as text.
    pub(crate) fn log(&self) -> String {
        let events = self.events();
        let lines = events.iter().map(|event| format!("  {event}\n"));
        lines.collect()
    }
}

/// What works for one request, or for the app: it lives for as long as anything of that does.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) scene: Arc<Scene>,
    pub(crate) whose: Whose,
    pub(crate) gate: Gate,
    pub(crate) cue: Cue,
    /// How often each reader has started.
    reads: Mutex<[usize; READERS]>,
    lent: Mutex<Lent>,
    _alive: oneshot::Sender<()>,
}

/// Clones of values that somebody outside of the request holds; `None` once they are given back.
struct Lent(Option<Vec<Box<dyn Any + Send>>>);

impl fmt::Debug for Lent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.as_ref().map(Vec::len);
        formatter.debug_tuple("Lent").field(&count).finish()
    }
}

impl Run {
    /// A run, and what tells when nothing of it is left.
    pub(crate) fn new(
        scene: &Arc<Scene>,
        whose: Whose,
        cue: Cue,
    ) -> (Arc<Self>, oneshot::Receiver<()>) {
        let (alive, over) = oneshot::channel();
        let run = Arc::new(Self {
            scene: Arc::clone(scene),
            whose,
            gate: Gate::closed(),
            cue,
            reads: Mutex::default(),
            lent: Mutex::new(Lent(Some(Vec::new()))),
            _alive: alive,
        });
        lock(&scene.runs).push(Arc::downgrade(&run));
        (run, over)
    }

    pub(crate) fn graph(&self) -> &Graph {
        &self.scene.graph
    }

    pub(crate) fn log(&self, member: Member, what: What) {
        lock(&self.scene.events).push(Event {
            whose: self.whose,
            what,
            member,
            thread: std::thread::current().id(),
        });
        self.cue.count(what);
    }

    /// Logs it if a member of a request works on a thread without the request's task-local.
    pub(crate) fn is_found_by(&self, member: Member) {
        let is_found = RUN.try_with(|run| std::ptr::eq(&raw const **run, self));
        if self.whose != Whose::App && is_found != Ok(true) {
            self.log(member, What::Astray);
        }
    }

    /// Starts the next reading of a reader.
    pub(crate) fn reads(&self, reader: usize) -> Member {
        let reads = &mut lock(&self.reads)[reader];
        *reads += 1;
        Member::Read(reader, *reads - 1)
    }

    /// Leaves something outside of the request, unless all of that was given back.
    pub(crate) fn lend(&self, value: Box<dyn Any + Send>) {
        if let Some(lent) = &mut lock(&self.lent).0 {
            lent.push(value);
        }
    }

    /// Drops what was lent.
    pub(crate) fn give_back(&self) {
        let lent = lock(&self.lent).0.take();
        self.log(Member::All, What::GivingBack);
        drop(lent);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The run that makes singletons, by runtime: what is done for the app finds no task-local.
static APPS: Mutex<Option<HashMap<Id, Weak<Run>>>> = Mutex::new(None);

/// Has singletons that are made on this runtime belong to a run.
pub(crate) fn install(run: &Arc<Run>) {
    let mut apps = lock(&APPS);
    let runtime = Handle::current().id();
    apps.get_or_insert_default()
        .insert(runtime, Arc::downgrade(run));
}

/// The run that singletons belong to.
pub(crate) fn installed() -> Arc<Run> {
    let apps = lock(&APPS);
    let run = apps
        .as_ref()
        .and_then(|apps| apps.get(&Handle::current().id()));
    run.and_then(Weak::upgrade)
        .expect("singletons are made while their app is played")
}
