//! Counts what was played, to be printed at the end.

use std::fmt;

use hueless::Outcome;

use crate::check::{Account, Base};
use crate::graph::{End, Graph};
use crate::log::{Member, Step, What, Which};
use crate::oracle::{Answer, Trouble};

/// Names what is counted, in the order in which it is printed.
macro_rules! counted {
    ($($name:ident: $text:literal,)*) => {
        /// What was played.
        #[derive(Debug, Clone, Copy, Default)]
        pub(crate) struct Numbers {
            $($name: u64,)*
        }

        impl Numbers {
            /// What never happened.
            pub(crate) fn missing(&self) -> Vec<&'static str> {
                let numbers = [$((self.$name, $text),)*];
                let missing = numbers.into_iter().filter(|(number, _)| *number == 0);
                missing.map(|(_, text)| text).collect()
            }
        }

        impl fmt::Display for Numbers {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                $(writeln!(formatter, "{:>9} {}", self.$name, $text)?;)*
                Ok(())
            }
        }
    };
}

counted! {
    graphs: "graphs",
    nodes: "nodes in them, one for each use",
    replaced: "replaced nodes",
    requests: "requests",
    hops: "hops",
    returned: "answered with what the handler returned",
    failed: "rejected for an error",
    panicked: "rejected for a panic",
    late: "rejected for a node that took too long",
    overdue: "rejected because the handler's time was over",
    failed_teardowns_answered: "rejected for a teardown",
    refused: "refused because the app was shutting down",
    given_up: "given up",
    given_up_idle: "... before anything was made",
    given_up_running: "... while nodes ran on threads",
    given_up_tearing_down: "... while values were torn down",
    told: "nodes that were told to stop",
    dropped: "futures dropped",
    teardowns: "teardowns",
    late_teardowns: "... of values that came too late",
    bad_teardowns: "... that failed or panicked",
    completed: "... told completed",
    told_failed: "... told failed",
    cancelled: "... told cancelled",
    told_panicked: "... told panicked",
    afters: "values ended after the response",
    jobs: "pieces of work after the response",
    left_jobs: "... left by what ends a value, or by other work",
    forgotten_jobs: "... not run as the request did not complete",
    waited_for_clones: "requests with values that were lent outside",
    singletons: "singletons made",
    bad_singletons: "singletons that failed",
    torn_down_singletons: "singletons torn down with their app",
}

impl Numbers {
    pub(crate) fn count_graph(&mut self, graph: &Graph, uses: usize) {
        self.graphs += 1;
        self.nodes += uses as u64;
        let replaced = graph.nodes.iter().filter(|node| node.replaces.is_some());
        self.replaced += replaced.count() as u64;
    }

    pub(crate) fn count_hops(&mut self, hops: u64) {
        self.hops += hops;
    }

    pub(crate) fn count_request(&mut self, account: &Account<'_>, base: &Base) {
        self.requests += 1;
        match base {
            Base::Answered(answer, _) => {
                self.count_answer(answer);
                let is_answer = account.answer == Some(answer);
                self.failed_teardowns_answered += u64::from(!is_answer);
            }
            Base::Overdue => self.overdue += 1,
            Base::GivenUp => self.count_given_up(account),
            Base::Refused => self.refused += 1,
        }
        let over = account
            .position(What::Answered)
            .or(account.position(What::GivenUp));
        for &(at, event) in &account.events {
            match event.what {
                What::Told => self.told += 1,
                What::Dropped => self.dropped += 1,
                What::Forgotten => self.forgotten_jobs += 1,
                What::Ending(which, Step::Begun(outcome)) => {
                    let is_left = matches!(event.member, Member::Left(..));
                    self.left_jobs += u64::from(is_left);
                    self.count_ending(which, outcome);
                }
                What::Ending(Which::Teardown, Step::Ended) => {
                    let node = account.course.members[&event.member];
                    let number = account.number(node);
                    let ending =
                        number.and_then(|number| account.graph.nodes[number].teardown.as_ref());
                    let is_bad = ending.is_some_and(|ending| ending.code.end != End::Value);
                    self.bad_teardowns += u64::from(is_bad);
                    let made = account.spans.get(&node).map(|span| span.ended);
                    self.late_teardowns += u64::from(made > over && over < Some(at));
                }
                _ => {}
            }
        }
        let lends = |node: &usize| account.lends(*node);
        self.waited_for_clones += u64::from(account.made().iter().any(lends));
    }

    fn count_answer(&mut self, answer: &Answer) {
        let number = match answer {
            Answer::Value(_) | Answer::Refused(_) => &mut self.returned,
            Answer::Trouble(Trouble::Panicked, _) => &mut self.panicked,
            Answer::Trouble(Trouble::TookTooLong, _) => &mut self.late,
            Answer::ShuttingDown => &mut self.refused,
            Answer::Error(_) | Answer::Trouble(..) | Answer::Other(_) => &mut self.failed,
        };
        *number += 1;
    }

    fn count_given_up(&mut self, account: &Account<'_>) {
        self.given_up += 1;
        let at = account.position(What::GivingUp).unwrap_or(0);
        let given_up = account.position(What::GivenUp).unwrap_or(0);
        let mut spans = account.spans.values();
        let runs = spans
            .clone()
            .any(|span| span.started < at && span.ended > given_up);
        let none_is_made = !spans.any(|span| span.how == What::Made && span.ended < at);
        let tears_down = account
            .events
            .iter()
            .any(|(begun, event)| *begun < at && matches!(event.what, What::Ending(..)));
        self.given_up_idle += u64::from(none_is_made);
        self.given_up_running += u64::from(runs);
        self.given_up_tearing_down += u64::from(tears_down);
    }

    fn count_ending(&mut self, which: Which, outcome: Outcome) {
        match which {
            Which::AfterResponse => return self.afters += 1,
            Which::Background => return self.jobs += 1,
            Which::Teardown => {}
        }
        self.teardowns += 1;
        let number = match outcome {
            Outcome::Completed => &mut self.completed,
            Outcome::Failed => &mut self.told_failed,
            Outcome::Cancelled => &mut self.cancelled,
            Outcome::Panicked => &mut self.told_panicked,
        };
        *number += 1;
    }

    pub(crate) fn count_singleton(&mut self, account: &Account<'_>) {
        let root = account.spans.get(&0);
        let is_made = root.is_some_and(|span| span.how == What::Made);
        self.singletons += u64::from(is_made);
        self.bad_singletons += u64::from(!is_made && !account.spans.is_empty());
    }

    pub(crate) fn count_torn_down_singletons(&mut self, in_time: usize, late: usize) {
        self.torn_down_singletons += in_time as u64;
        self.late_teardowns += late as u64;
    }
}
