//! What holds of the values of a request however it ends: each that was made is ended once, in order,
//! and never while a node runs.

#![expect(
    clippy::needless_pass_by_value,
    reason = "a function that ends a value takes a handle"
)]

use hueless::{Depends, Outcome, Provider};

use crate::support::Log;

/// Keeps account of the values of one graph.
pub(crate) struct Ledger {
    events: Log,
    /// The values in declaration order. Each has a teardown, and something to do after the response.
    names: &'static [&'static str],
}

/// What was told while values were ended, each thing once.
pub(crate) struct Told {
    pub(crate) teardown: String,
    pub(crate) after_response: String,
}

impl Ledger {
    pub(crate) const fn new(names: &'static [&'static str]) -> Self {
        Self {
            events: Log::new(),
            names,
        }
    }

    /// A node is at work.
    pub(crate) fn work_on(&'static self, name: &'static str) -> Working {
        self.events.add(format!("in {name}"));
        Working(self, name)
    }

    /// Checks what has happened since it was last asked, all of which is over.
    pub(crate) fn check(&self) -> Told {
        let log = self.events.take_list();
        let events: Vec<&str> = log.split(", ").filter(|event| !event.is_empty()).collect();
        let made = names(&events, "made");
        for kind in ["end", "ended", "release", "released", "drop"] {
            let last_first = self.names.iter().rev().filter(|name| made.contains(name));
            assert!(last_first.eq(&names(&events, kind)), "{kind} in {log}");
        }
        let begun = names(&events, "in").len();
        assert_eq!(begun, names(&events, "out").len(), "{log}");

        let phase = |event: &&str| match event.split(' ').next() {
            Some("in" | "made" | "out") => 0,
            Some("end" | "ended") => 1,
            _ => 2,
        };
        assert!(events.iter().map(phase).is_sorted(), "{log}");
        Told {
            teardown: told(&events, "end "),
            after_response: told(&events, "release "),
        }
    }
}

/// The names in events of one kind, in order.
fn names<'a>(events: &[&'a str], kind: &str) -> Vec<&'a str> {
    let of_kind = |event: &&'a str| event.strip_prefix(kind)?.strip_prefix(' ');
    let of_kind = events.iter().filter_map(of_kind);
    of_kind
        .map(|rest| rest.split(' ').next().expect("a name"))
        .collect()
}

/// What was told in events of one kind, each thing once.
fn told(events: &[&str], kind: &str) -> String {
    let of_kind = events.iter().filter(|event| event.starts_with(kind));
    let mut told: Vec<&str> = of_kind
        .filter_map(|event| event.split(' ').nth(2))
        .collect();
    told.dedup();
    told.join(" ")
}

/// A node at work; it says when it is over, however that comes.
pub(crate) struct Working(&'static Ledger, &'static str);

impl Working {
    pub(crate) fn makes(self) -> Entry {
        let Self(ledger, name) = self;
        ledger.events.add(format!("made {name}"));
        Entry(ledger, name)
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let Self(ledger, name) = self;
        ledger.events.add(format!("out {name}"));
    }
}

/// A value that says when it was made and when it is dropped.
pub(crate) struct Entry(&'static Ledger, &'static str);

impl Drop for Entry {
    fn drop(&mut self) {
        let Self(ledger, name) = self;
        ledger.events.add(format!("drop {name}"));
    }
}

/// Waits for a task, and so until the request is woken.
pub(crate) async fn elsewhere() {
    tokio::spawn(async {}).await.expect("no panic");
}

pub(crate) fn end<D: Provider<Output = Entry>>(value: Depends<D>, outcome: Outcome) {
    let Entry(ledger, name) = *value;
    ledger.events.add(format!("end {name} {outcome}"));
    ledger.events.add(format!("ended {name}"));
}

pub(crate) async fn end_async<D: Provider<Output = Entry>>(value: Depends<D>, outcome: Outcome) {
    let Entry(ledger, name) = *value;
    ledger.events.add(format!("end {name} {outcome}"));
    elsewhere().await;
    ledger.events.add(format!("ended {name}"));
}

pub(crate) fn release<D: Provider<Output = Entry>>(value: Depends<D>, outcome: Outcome) {
    let Entry(ledger, name) = *value;
    ledger.events.add(format!("release {name} {outcome}"));
    ledger.events.add(format!("released {name}"));
}

pub(crate) async fn release_async<D: Provider<Output = Entry>>(
    value: Depends<D>,
    outcome: Outcome,
) {
    let Entry(ledger, name) = *value;
    ledger.events.add(format!("release {name} {outcome}"));
    elsewhere().await;
    ledger.events.add(format!("released {name}"));
}
