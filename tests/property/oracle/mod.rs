//! What has to come of a graph, worked out without hueless.

mod answer;
mod app;
mod ends;
mod order;
mod unfold;

use std::collections::HashMap;
use std::fmt;

pub(crate) use self::answer::{Answer, Trouble};
pub(crate) use self::app::{Executor, Expected, expect};
pub(crate) use self::ends::{answer, endings, outcome, outcomes};
pub(crate) use self::order::Order;
pub(crate) use self::unfold::{Of, unfold};

use crate::code;
use crate::context;
use crate::graph::{End, Graph};
use crate::log::Member;

/// What comes of one node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    Made(u64),
    /// The request is rejected with that, if it is the first in declaration order.
    Failed(Answer),
    /// It does not end while it is wanted.
    Endless,
    /// It waits for something that does not end.
    Waiting,
    /// Something it waits for fails.
    Never,
}

impl Fate {
    pub(crate) fn is_made(&self) -> bool {
        matches!(self, Self::Made(_))
    }
}

/// What has to come of one run: that of a request, or that of its own of a singleton. Nodes are named
/// by their number in the order's `uses`.
#[derive(Debug)]
pub(crate) struct Course {
    pub(crate) order: Order,
    pub(crate) members: HashMap<Member, usize>,
    /// By node: who it is in the log.
    pub(crate) names: Vec<Member>,
    /// By node, given that whatever it waits for has been waited for.
    pub(crate) fates: Vec<Fate>,
    /// Whether that is certain, even when nobody waits any more: what is late behind a singleton may
    /// then come in time.
    pub(crate) is_certain: bool,
    /// By node: whether it says that it can fail, or can take too long.
    pub(crate) can_fail: Vec<bool>,
    /// The answers that are right, each with its node; none if the run never ends. There is one, except
    /// that a panic in a node that says it cannot fail may come too late to count.
    pub(crate) answers: Vec<(Answer, usize)>,
    /// The nodes that start where one runs after the other, in that order.
    pub(crate) sequence: Vec<usize>,
    /// The answer that those come to, with its node; `None` if they never end.
    pub(crate) sequence_ends_in: Option<(Answer, usize)>,
}

impl fmt::Display for Course {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("declaration order:")?;
        for &node in &self.order.declared {
            write!(formatter, " {}", self.order.uses[node].of)?;
            if !self.order.uses[node].is_reader() {
                write!(formatter, " ({})", self.names[node])?;
            }
        }
        writeln!(formatter)
    }
}

/// What comes of the singletons that are worked out so far, by their number in the graph.
type Singletons = HashMap<usize, app::Singleton>;

/// Works out what has to come of a run.
fn course(graph: &Graph, root: Of, singletons: &Singletons) -> Course {
    let order = order::order(graph, root);
    let names: Vec<Member> = (0..order.uses.len())
        .map(|node| name(&order, node))
        .collect();
    let can_fail: Vec<bool> = (0..order.uses.len())
        .map(|node| can_fail(graph, &order, node, singletons))
        .collect();
    let mut course = Course {
        members: names
            .iter()
            .enumerate()
            .map(|(node, &name)| (name, node))
            .collect(),
        fates: vec![Fate::Never; names.len()],
        is_certain: root == Of::Handler || is_certain(graph, &order, singletons),
        names,
        can_fail,
        order,
        answers: Vec::new(),
        sequence: Vec::new(),
        sequence_ends_in: None,
    };
    let mut reads = 0;
    for node in course.order.schedule.clone() {
        course.fates[node] = course.fate_of_waits(node).unwrap_or_else(|| {
            let fate = course.fate(graph, node, reads, singletons);
            reads += u64::from(course.order.uses[node].is_reader());
            fate
        });
    }
    course.answers = course.answers();
    course.run_in_sequence();
    course
}

/// Who a node is in the log.
fn name(order: &Order, node: usize) -> Member {
    match (order.uses[node].of, order.uses[0].of) {
        (Of::Reader(reader), _) => Member::Read(reader, order.time(node)),
        (_, Of::Node(singleton)) => Member::Own(singleton, node),
        _ => Member::Declared(node),
    }
}

/// Whether nothing behind a singleton is late.
fn is_certain(graph: &Graph, order: &Order, singletons: &Singletons) -> bool {
    let mut uses = order.uses.iter().enumerate();
    uses.all(|(node, named)| match named.of {
        Of::Node(other) if node > 0 && graph.nodes[other].is_singleton() => {
            singletons[&other].is_certain
        }
        Of::Node(other) => !graph.nodes[other].is_late(),
        Of::Handler | Of::Reader(_) => true,
    })
}

fn can_fail(graph: &Graph, order: &Order, node: usize, singletons: &Singletons) -> bool {
    match order.uses[node].of {
        Of::Handler => false,
        Of::Reader(reader) => context::can_fail(reader),
        Of::Node(other) if node > 0 && graph.nodes[other].is_singleton() => {
            singletons[&other].can_fail
        }
        Of::Node(other) => graph.nodes[other].can_fail(),
    }
}

impl Course {
    /// What comes of a node because of what it waits for; `None` if its time comes.
    fn fate_of_waits(&self, node: usize) -> Option<Fate> {
        let waits = self.order.waits[node].iter();
        let fates = waits.map(|&other| {
            // The handler's own readers stand later than what waits for them, and need not succeed.
            let is_later = self.order.position[other] > self.order.position[node];
            match self.fates[other] {
                Fate::Made(_) => None,
                Fate::Endless | Fate::Waiting => Some(Fate::Waiting),
                Fate::Failed(_) | Fate::Never => Some(Fate::Never).filter(|_| !is_later),
            }
        });
        let fates: Vec<Fate> = fates.flatten().collect();
        let is_never = fates.contains(&Fate::Never);
        if is_never {
            Some(Fate::Never)
        } else {
            fates.into_iter().next()
        }
    }

    /// What comes of a node whose time has come.
    fn fate(&self, graph: &Graph, node: usize, reads: u64, singletons: &Singletons) -> Fate {
        let named = &self.order.uses[node];
        let plan_name = match named.of {
            Of::Handler => "handler",
            Of::Node(other) if node > 0 && graph.nodes[other].is_singleton() => {
                return singletons[&other].fate.clone();
            }
            Of::Node(other) => graph.nodes[other].slot.entry().name,
            Of::Reader(reader) => context::CATALOGUE[reader].name,
        };
        if matches!(named.of, Of::Node(other) if graph.nodes[other].is_late()) {
            return Fate::Failed(Answer::trouble(Trouble::TookTooLong, plan_name));
        }
        let code = named.code(graph);
        match code.end {
            _ if code.is_held() => Fate::Endless,
            End::Value => Fate::Made(self.value(graph, node, reads)),
            // What a handler returns is its value, whatever it is.
            End::Error if named.of == Of::Handler => Fate::Made(0),
            End::Error => Fate::Failed(Answer::error(self.names[node])),
            End::Panic => Fate::Failed(Answer::trouble(Trouble::Panicked, plan_name)),
        }
    }

    fn value(&self, graph: &Graph, node: usize, reads: u64) -> u64 {
        if let Of::Reader(reader) = self.order.uses[node].of {
            let consumes = graph.consuming_reader() == Some(reader);
            return context::value(reader, reads, consumes.then(|| self.order.reads_left(node)));
        }
        let inputs = self.order.uses[node].parameters.iter();
        let values = inputs.map(|&input| match self.fates[input] {
            Fate::Made(value) => value,
            Fate::Failed(_) | Fate::Endless | Fate::Waiting | Fate::Never => {
                unreachable!("it waits for its parameters")
            }
        });
        code::value(self.names[node], values)
    }

    /// The answer of the first failed node in declaration order, first; then those that may leave
    /// because every earlier node that says it can fail has succeeded.
    fn answers(&self) -> Vec<(Answer, usize)> {
        let mut answers = Vec::new();
        for &node in &self.order.declared {
            if let Fate::Failed(answer) = &self.fates[node] {
                answers.push((answer.clone(), node));
            }
            if self.can_fail[node] && !self.fates[node].is_made() {
                break;
            }
        }
        if let (Fate::Made(value), true) = (&self.fates[0], answers.is_empty()) {
            answers.push((Answer::Value(*value), 0));
        }
        answers
    }

    /// Nodes start one after the other; after a failure only what stands before it, and only as long as
    /// something of that can fail.
    fn run_in_sequence(&mut self) {
        let position = &self.order.position;
        let mut cut = usize::MAX;
        for (at, &node) in self.order.schedule.iter().enumerate() {
            let can_fail = |&later: &usize| position[later] < cut && self.can_fail[later];
            if cut < usize::MAX && !self.order.schedule[at..].iter().any(can_fail) {
                return;
            }
            if position[node] > cut {
                continue;
            }
            self.sequence.push(node);
            match &self.fates[node] {
                Fate::Made(_) => {}
                Fate::Failed(answer) => {
                    cut = position[node];
                    self.sequence_ends_in = Some((answer.clone(), node));
                }
                Fate::Endless => {
                    self.sequence_ends_in = None;
                    return;
                }
                Fate::Waiting | Fate::Never => {
                    unreachable!("what it waits for stands before it and has ended")
                }
            }
        }
        if cut == usize::MAX {
            self.sequence_ends_in = self.answers.first().cloned();
        }
    }
}
