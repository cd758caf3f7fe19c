//! The parts of what is drawn, and how often each kind is.

use hueless::{Colour, PollOnLane};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

use super::raw::{Hold, RawCode, RawEnding, RawParameter};
use crate::graph::{Conduct, Cut, End, Limit, Role, Step};

/// Mostly none.
pub(super) fn few() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![3 => Just(Vec::new()), 1 => vec(distance(), 1..=3)]
}

pub(super) fn rarely() -> impl Strategy<Value = bool> {
    prop_oneof![9 => Just(false), 1 => Just(true)]
}

pub(super) fn sometimes() -> impl Strategy<Value = bool> {
    prop_oneof![3 => Just(false), 1 => Just(true)]
}

pub(super) fn often() -> impl Strategy<Value = bool> {
    prop_oneof![1 => Just(false), 1 => Just(true)]
}

fn distance() -> impl Strategy<Value = u8> {
    prop_oneof![2 => 0..6_u8, 1 => any::<u8>()]
}

pub(super) fn raw_parameter() -> impl Strategy<Value = RawParameter> {
    prop_oneof![
        5 => distance().prop_map(RawParameter::Depends),
        1 => (raw_code(), any::<bool>())
            .prop_map(|(code, can_fail)| RawParameter::Reads(code, can_fail)),
    ]
}

pub(super) fn raw_code() -> impl Strategy<Value = RawCode> {
    let step = prop_oneof![8 => Just(Step::Yield), 4 => Just(Step::Task), 1 => Just(Step::Sleep)];
    let steps = prop_oneof![3 => Just(Vec::new()), 1 => vec(step, 1..=2)];
    let mishap = prop_oneof![3 => Just(End::Error), 1 => Just(End::Panic)];
    let held = (any::<bool>(), any::<bool>())
        .prop_map(|(is_told, is_late)| Some(Hold { is_late, is_told }));
    let held = prop_oneof![11 => Just(None), 1 => held];
    (steps, any::<u8>(), mishap, held).prop_map(|(steps, luck, mishap, held)| RawCode {
        steps,
        luck,
        mishap,
        held,
    })
}

/// What is done after the response, mostly nothing.
pub(super) fn jobs() -> impl Strategy<Value = Vec<RawEnding>> {
    prop_oneof![3 => Just(Vec::new()), 1 => vec(raw_ending(), 1..=3)]
}

/// Once in so many times.
pub(super) fn ending(times: u32) -> impl Strategy<Value = Option<RawEnding>> {
    prop_oneof![times - 1 => Just(None), 1 => raw_ending().prop_map(Some)]
}

fn raw_ending() -> impl Strategy<Value = RawEnding> {
    let drawn = (any::<bool>(), rarely(), raw_code());
    drawn.prop_map(|(is_plain, leaves, code)| RawEnding {
        is_plain,
        leaves,
        code,
    })
}

pub(super) fn colour() -> impl Strategy<Value = Colour> {
    prop_oneof![
        2 => Just(Colour::Inline),
        4 => Just(Colour::Async),
        4 => Just(Colour::Plain),
        1 => Just(Colour::Cpu),
        1 => Just(Colour::Struct),
    ]
}

pub(super) fn handler_colour() -> impl Strategy<Value = Colour> {
    prop_oneof![
        1 => Just(Colour::Inline),
        3 => Just(Colour::Async),
        3 => Just(Colour::Plain),
        1 => Just(Colour::Cpu),
    ]
}

pub(super) fn handler_limit() -> impl Strategy<Value = Limit> {
    prop_oneof![
        4 => Just(Limit::None),
        1 => Just(Limit::Generous),
        2 => Just(Limit::Tight),
    ]
}

pub(super) fn role() -> impl Strategy<Value = Role> {
    prop_oneof![
        14 => Just(Role::Shared),
        1 => Just(Role::Guard),
        3 => Just(Role::Transient),
        3 => Just(Role::Singleton),
    ]
}

pub(super) fn poll_on_lane() -> impl Strategy<Value = PollOnLane> {
    prop_oneof![
        2 => Just(PollOnLane::WhereItSavesAHop),
        1 => Just(PollOnLane::Always),
        1 => Just(PollOnLane::Never),
    ]
}

pub(super) fn conduct() -> impl Strategy<Value = Conduct> {
    let cut = prop_oneof![
        2 => Just(None),
        1 => (0..8_u8).prop_map(|polls| Some(Cut::Polls(polls))),
        2 => any::<u8>().prop_map(|part| Some(Cut::Events(part))),
    ];
    let is_dropped = sometimes();
    (cut, is_dropped, rarely(), sometimes()).prop_map(|drawn| {
        let (cut, is_dropped, is_without_body, is_with_previous) = drawn;
        Conduct {
            cut,
            is_sent: !is_dropped,
            is_without_body,
            is_with_previous,
        }
    })
}
