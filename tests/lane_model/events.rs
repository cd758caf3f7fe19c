//! Every order of events, and long random ones.

use proptest::prelude::*;
use proptest::sample::Index;

use crate::queue::Limits;
use crate::reference::{Checked, Event};

/// How many events the sequences have of which none is left out.
const EVENTS: usize = 8;

fn limits(threads: usize, most: usize) -> Limits {
    Limits { threads, most }
}

#[test]
fn a_queue_keeps_its_invariants_in_every_short_sequence_of_events() {
    let mut sequences = 0_usize;
    for limits in [limits(1, 1), limits(1, 2), limits(2, 3)] {
        let mut sequence = Vec::new();
        sequences += play_all(limits, &mut sequence);
    }
    println!("every sequence of {EVENTS} events: {sequences}");
}

/// Plays all sequences that begin with this one. Returns how many there are.
fn play_all(limits: Limits, sequence: &mut Vec<Event>) -> usize {
    let mut checked = Checked::new(limits);
    for event in &*sequence {
        checked.happens(*event);
    }
    if sequence.len() == EVENTS {
        return 1;
    }
    let mut sequences = 0;
    for event in checked.events() {
        sequence.push(event);
        sequences += play_all(limits, sequence);
        sequence.pop();
    }
    sequences
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_queue_keeps_its_invariants_in_long_sequences_of_events(
        threads in 1_usize..5,
        beyond in 0_usize..4,
        choices in prop::collection::vec(any::<Index>(), 0..200),
    ) {
        let mut checked = Checked::new(limits(threads, threads + beyond));
        for choice in choices {
            checked.happens(*choice.get(&checked.events()));
        }
    }
}
