//! [`Account`]: what the log says of one run.

use std::collections::HashMap;

use hueless::{Colour, PollOnLane};

use super::demand;
use crate::graph::{Conduct, Graph};
use crate::log::{Event, Member, What, Which, Whose};
use crate::oracle::{Answer, Course, Executor, Expected, Of};
use crate::play::Played;

/// When a node started and ended, as positions in the log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    pub(crate) started: usize,
    pub(crate) ended: usize,
    pub(crate) how: What,
}

/// What the log says of one run: a request's, or that of its own of a singleton.
pub(crate) struct Account<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) expected: &'a Expected,
    pub(crate) executor: Executor,
    pub(crate) course: &'a Course,
    /// What is done with the request; `None` for a singleton.
    pub(crate) conduct: Option<&'a Conduct>,
    pub(crate) answer: Option<&'a Answer>,
    /// With their positions in the log.
    pub(crate) events: Vec<(usize, Event)>,
    pub(crate) spans: HashMap<usize, Span>,
}

impl<'a> Account<'a> {
    pub(crate) fn of_request(
        graph: &'a Graph,
        expected: &'a Expected,
        executor: Executor,
        played: &'a Played,
        number: usize,
    ) -> Result<Self, String> {
        Self {
            graph,
            expected,
            executor,
            course: &expected.request,
            conduct: graph.requests.get(number % graph.requests.len()),
            answer: played.answers[number].as_ref(),
            events: events(played, |event| event.whose == Whose::Request(number)),
            spans: HashMap::new(),
        }
        .with_spans()
    }

    pub(crate) fn of_singleton(
        graph: &'a Graph,
        expected: &'a Expected,
        executor: Executor,
        played: &'a Played,
        (number, course): &'a (usize, Course),
    ) -> Result<Self, String> {
        let is_of = |event: &Event| {
            event.whose == Whose::App
                && matches!(event.member, Member::Own(singleton, _) if singleton == *number)
        };
        Self {
            graph,
            expected,
            executor,
            course,
            conduct: None,
            answer: None,
            events: events(played, is_of),
            spans: HashMap::new(),
        }
        .with_spans()
    }

    /// Finds when each node ran. None runs twice, and each that started ended.
    fn with_spans(mut self) -> Result<Self, String> {
        for (at, event) in self.node_events() {
            let member = event.member;
            let node = *self
                .course
                .members
                .get(&member)
                .ok_or_else(|| format!("{member} is no node of the graph"))?;
            if event.what == What::Started {
                let span = Span {
                    started: at,
                    ended: usize::MAX,
                    how: What::Started,
                };
                let first = self.spans.insert(node, span);
                demand!(first.is_none(), "{member} started twice");
            } else {
                let span = self.spans.get_mut(&node);
                let span = span.ok_or_else(|| format!("{member} ended but never started"))?;
                demand!(span.ended == usize::MAX, "{member} ended twice");
                span.ended = at;
                span.how = event.what;
            }
        }
        let lost = self.spans.iter().find(|(_, span)| span.ended == usize::MAX);
        demand!(lost.is_none(), "{lost:?} started and never ended");
        Ok(self)
    }

    /// The beginnings and ends of nodes.
    pub(crate) fn node_events(&self) -> Vec<(usize, Event)> {
        let events = self.events.iter().copied();
        events
            .filter(|(_, event)| event.what.is_of_node())
            .collect()
    }

    /// Where in the log something stands that happens once, and on which thread.
    pub(crate) fn find(&self, what: What) -> Option<(usize, Event)> {
        self.events
            .iter()
            .copied()
            .find(|(_, event)| event.what == what)
    }

    pub(crate) fn position(&self, what: What) -> Option<usize> {
        self.find(what).map(|(at, _)| at)
    }

    /// The nodes that have made a value.
    pub(crate) fn made(&self) -> Vec<usize> {
        let made = self.spans.iter().filter(|(_, span)| span.how == What::Made);
        let mut made: Vec<usize> = made.map(|(&node, _)| node).collect();
        made.sort_unstable();
        made
    }

    /// Where the last node ended.
    pub(crate) fn last_end(&self) -> usize {
        let ends = self.spans.values().map(|span| span.ended);
        ends.max().unwrap_or(0)
    }

    /// Whether the response is sent whole, or has nothing that could be sent.
    pub(crate) fn is_sent(&self) -> bool {
        let is_sent = |conduct: &Conduct| conduct.is_sent || conduct.is_without_body;
        self.conduct.is_some_and(is_sent)
    }

    /// The number in the graph of what a node is of, if it is a dependency.
    pub(crate) fn number(&self, node: usize) -> Option<usize> {
        match self.course.order.uses[node].of {
            Of::Node(number) => Some(number),
            Of::Handler | Of::Reader(_) => None,
        }
    }

    /// Whether a node is a singleton that is made in a run of its own.
    pub(crate) fn is_made_by_app(&self, node: usize) -> bool {
        let number = self.number(node).filter(|_| node > 0);
        number.is_some_and(|number| self.graph.nodes[number].is_singleton())
    }

    /// Whether a node leaves clones of what it takes outside of the request.
    pub(crate) fn lends(&self, node: usize) -> bool {
        match self.course.order.uses[node].of {
            Of::Handler => self.graph.handler.lends,
            Of::Node(number) => self.graph.nodes[number].lends,
            Of::Reader(_) => false,
        }
    }

    /// Whether what is done after the handler is done on a thread of the lane.
    pub(crate) fn is_ended_on_lane(&self, member: Member, which: Which) -> bool {
        let ending = match member {
            Member::Left(..) => None,
            Member::Job(number) => self.graph.handler.jobs.get(number),
            _ => {
                let number = self.number(self.course.members[&member]);
                number.and_then(|number| self.graph.nodes[number].ending(which))
            }
        };
        ending.is_some_and(|ending| ending.is_plain)
    }

    /// Whether a node is async, and polled on no thread of the lane.
    pub(crate) fn is_polled_on_executor(&self, node: usize) -> bool {
        let never_on_lane = matches!(self.graph.poll_on_lane, PollOnLane::Never);
        match self.course.order.uses[node].of {
            Of::Handler => never_on_lane && self.graph.handler.colour == Colour::Async,
            Of::Reader(_) => never_on_lane,
            Of::Node(number) => {
                let drawn = &self.graph.nodes[number];
                let stays = never_on_lane || drawn.stays_on_executor;
                stays && drawn.slot.colour == Colour::Async
            }
        }
    }

    /// Whether any node may run on a thread of its own.
    pub(crate) fn may_block(&self) -> bool {
        use hueless::Colour::{Cpu, Plain};
        let handler = self.graph.handler.colour;
        let nodes = self.graph.nodes.iter().map(|node| node.slot.colour);
        nodes
            .chain([handler])
            .any(|colour| matches!(colour, Plain | Cpu))
    }
}

fn events(played: &Played, is_of: impl Fn(&Event) -> bool) -> Vec<(usize, Event)> {
    let events = played.events.iter().copied().enumerate();
    events.filter(|(_, event)| is_of(event)).collect()
}
