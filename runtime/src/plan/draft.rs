//! A node while it is declared.

use std::any::TypeId;

use super::given::Given;
use super::label::Label;
use super::order::Sketch;
use super::{Code, ReadContext, Teardown, TimeLimit};
use crate::block::Space;
use crate::context::Context;
use crate::failure::{Failure, Timed};
use crate::meta::{Colour, Kind, LifetimeKind, Limit, Meta, Place};
use crate::value::Value;

/// What a [`Declaration`](super::Declaration) is about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject {
    /// A node of the plan.
    Node(usize),
    /// A singleton, or what it is made from: no node of this plan.
    BehindSingleton,
}

/// A node that is being declared.
pub(super) struct Draft<C: Context> {
    /// The request-scoped dependencies that it stands for: what it replaces comes first.
    pub(super) ids: Vec<TypeId>,
    pub(super) name: &'static str,
    pub(super) place: Place,
    pub(super) colour: Colour,
    pub(super) can_fail: bool,
    pub(super) on_executor: bool,
    /// Whether there is anything to be done when its value is dropped.
    pub(super) needs_drop: bool,
    /// How much room it takes for what it makes.
    pub(super) space: Space,
    pub(super) time_limit: Option<TimeLimit>,
    pub(super) teardown: Option<Teardown<C::Rejection>>,
    pub(super) after_response: Option<Teardown<()>>,
    /// The dependency that it is a node of, if that is limited.
    pub(super) limited: Option<(&'static Meta, Limit)>,
    pub(super) sketch: Sketch,
    /// Resolved once all nodes are known: `after` asks whether the other one is there.
    pub(super) after: Vec<&'static Meta>,
    /// `None` until the last line of the declaration.
    pub(super) code: Option<Code<C>>,
}

impl<C: Context> Draft<C> {
    /// A function that is still to be declared.
    pub(super) fn function(meta: &'static Meta, label: Label, names: Vec<TypeId>) -> Self {
        let time_limit = meta.timeout.map(|timeout| TimeLimit {
            what: Timed::Node,
            timeout,
        });
        Self {
            ids: ids(meta, names),
            colour: meta.colour,
            can_fail: meta.fallible || meta.timeout.is_some(),
            limited: meta.limit.map(|limit| (meta, limit)),
            // The handler's own bounds the whole run.
            time_limit: time_limit.filter(|_| meta.kind != Kind::Handler),
            sketch: Sketch {
                label,
                is_guard: meta.kind == Kind::Guard,
                ..Sketch::default()
            },
            ..Self::empty(meta.name, meta.place)
        }
    }

    /// A value that stands for a dependency: it is made, and needs nothing.
    pub(super) fn given(meta: &'static Meta, value: Given) -> Self {
        let share = move |made: &mut Option<Value>| {
            let gone = || C::fail(Failure::internal(meta.name));
            *made = Some(value.share().ok_or_else(gone)?);
            Ok(())
        };
        Self {
            ids: ids(meta, vec![(meta.id)()]),
            colour: Colour::Inline,
            sketch: Sketch {
                label: Label::of(meta),
                ..Sketch::default()
            },
            code: Some(Code::Plain(Box::new(move |_, _, made| share(made)))),
            ..Self::empty(meta.name, meta.place)
        }
    }

    /// A parameter that is read from the context, of a function that is written at `place`.
    pub(super) fn extractor(
        written: &'static str,
        place: Place,
        read: Box<ReadContext<C>>,
    ) -> Self {
        Self {
            sketch: Sketch {
                label: Label::from(written.to_owned()),
                is_extractor: true,
                ..Sketch::default()
            },
            code: Some(Code::Extract(read)),
            ..Self::empty(written, place)
        }
    }

    pub(super) fn empty(name: &'static str, place: Place) -> Self {
        Self {
            ids: Vec::new(),
            name,
            place,
            colour: Colour::Async,
            can_fail: false,
            on_executor: false,
            needs_drop: false,
            space: Space::NONE,
            time_limit: None,
            teardown: None,
            after_response: None,
            limited: None,
            sketch: Sketch::default(),
            after: Vec::new(),
            code: None,
        }
    }

    /// Whether its value is dropped where a destructor may block: what may block made it.
    pub(super) fn drops_on_lane(&self) -> bool {
        self.needs_drop && matches!(self.colour, Colour::Plain | Colour::Cpu)
    }

    /// Whether it waits for a client to send the body.
    pub(super) fn reads_body(&self) -> bool {
        let limit = self.time_limit.as_ref();
        limit.is_some_and(|limit| limit.what == Timed::Body)
    }

    /// Whether it, or its teardown before the response, has to run where it may block.
    pub(super) fn may_block(&self) -> bool {
        let teardown = self.teardown.as_ref();
        self.colour.is_blocking() || teardown.is_some_and(|teardown| teardown.is_plain)
    }

    /// Whether there is more to do for it at the end than to drop a value.
    pub(super) fn is_ended(&self) -> bool {
        self.teardown.is_some()
            || self.after_response.is_some()
            || matches!(self.code, Some(Code::Background(_)))
    }
}

/// The names by which other runs of a request know a value.
fn ids(meta: &Meta, names: Vec<TypeId>) -> Vec<TypeId> {
    match meta.lifetime {
        LifetimeKind::RequestScoped => names,
        LifetimeKind::Singleton | LifetimeKind::Transient => Vec::new(),
    }
}
