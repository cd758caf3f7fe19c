//! What has to come of an app: of its singletons, and of each request.

use super::{Answer, Course, Fate, Of, Singletons, Trouble, course};
use crate::graph::{Conduct, Cut, End, Graph, Limit};
use crate::log::Member;

/// What comes of a singleton, as those see it who wait for it.
#[derive(Debug, Clone)]
pub(crate) struct Singleton {
    pub(crate) fate: Fate,
    pub(crate) can_fail: bool,
    /// Whether an error behind it can be told: it, or a singleton that it is made from, says that it
    /// can fail.
    shares_errors: bool,
    pub(crate) is_certain: bool,
}

/// What has to come of a graph.
#[derive(Debug)]
pub(crate) struct Expected {
    /// That of every request that is not given up, but for the end of its values.
    pub(crate) request: Course,
    /// The run of its own of each singleton, by its number in the graph.
    pub(crate) singletons: Vec<(usize, Course)>,
}

/// How a graph is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Executor {
    Sequential,
    Concurrent,
}

/// Works out what has to come of a graph.
pub(crate) fn expect(graph: &Graph) -> Expected {
    let mut known = Singletons::new();
    let mut singletons = Vec::new();
    // Each is made from others of lower numbers, or it replaces one of those and is made from that.
    let numbers = (0..graph.nodes.len()).filter(|&number| graph.nodes[number].is_singleton());
    let mut open: Vec<usize> = numbers.collect();
    while !open.is_empty() {
        let is_ready = |number: &usize| {
            let uses = super::unfold(graph, Of::Node(*number), usize::MAX).expect("no limit");
            let mut needs = uses.iter().skip(1).filter_map(|named| match named.of {
                Of::Node(node) if graph.nodes[node].is_singleton() => Some(node),
                _ => None,
            });
            needs.all(|node| known.contains_key(&node))
        };
        let ready: Vec<usize> = open.iter().copied().filter(is_ready).collect();
        assert!(!ready.is_empty(), "singletons that need each other");
        for number in ready {
            open.retain(|&other| other != number);
            let course = course(graph, Of::Node(number), &known);
            known.insert(number, singleton(graph, number, &course, &known));
            singletons.push((number, course));
        }
    }
    let mut request = course(graph, Of::Handler, &known);
    if graph.handler.code.end == End::Error {
        let answers = request.answers.iter_mut();
        for (answer, _) in answers.chain(&mut request.sequence_ends_in) {
            if let Answer::Value(_) = answer {
                *answer = Answer::Refused(Member::Declared(0).to_string());
            }
        }
    }
    Expected {
        request,
        singletons,
    }
}

fn singleton(graph: &Graph, number: usize, course: &Course, known: &Singletons) -> Singleton {
    let behind = course.order.uses.iter().skip(1);
    let shares_errors = graph.nodes[number].slot.can_fail
        || behind.clone().any(|named| match named.of {
            Of::Node(node) => known.get(&node).is_some_and(|other| other.shares_errors),
            Of::Handler | Of::Reader(_) => false,
        });
    let fate = match course.answers.first() {
        Some((Answer::Value(value), _)) => Fate::Made(*value),
        Some((Answer::Error(_), _)) if !shares_errors => {
            let name = graph.nodes[number].slot.entry().name;
            Fate::Failed(Answer::trouble(Trouble::NotMade, name))
        }
        Some((answer, _)) => Fate::Failed(answer.clone()),
        None => Fate::Endless,
    };
    Singleton {
        fate,
        can_fail: course.can_fail.iter().any(|&can_fail| can_fail),
        shares_errors,
        is_certain: course.is_certain,
    }
}

impl Expected {
    /// The answers that are right, each with its node, before values are ended.
    pub(crate) fn answers(&self, executor: Executor) -> &[(Answer, usize)] {
        match executor {
            Executor::Sequential => self.request.sequence_ends_in.as_slice(),
            Executor::Concurrent => &self.request.answers,
        }
    }

    /// Whether a request is never answered.
    pub(crate) fn is_endless(&self, graph: &Graph, executor: Executor) -> bool {
        self.answers(executor).is_empty() && graph.handler.limit != Limit::Tight
    }

    /// After how many events, and after how many polls, a request is given up.
    pub(crate) fn cut(&self, graph: &Graph, conduct: &Conduct) -> (usize, Option<u8>) {
        match conduct.cut {
            None => (0, None),
            Some(Cut::Polls(polls)) => (0, Some(polls)),
            Some(Cut::Events(part)) => {
                let uses = self.request.order.uses.iter();
                let endings = uses.filter(|named| match named.of {
                    Of::Node(node) => graph.nodes[node].teardown.is_some(),
                    Of::Handler | Of::Reader(_) => false,
                });
                let events = 2 * (self.request.order.uses.len() + endings.count());
                (1 + events * usize::from(part) / 256, None)
            }
        }
    }
}
