//! What is behind a singleton of a plan.
//!
//! A singleton is a leaf of the plan: what it is made from is resolved in a run of its own. Its
//! declaration is read here all the same, for the errors it can fail with and for what no proof at its
//! definition could see: edges through a type parameter, and replacements.

use std::any::TypeId;
use std::collections::HashSet;
use std::sync::Arc;

use super::builder::Builder;
use super::declaration::Declaration;
use super::draft::Subject;
use super::error::Problem;
use super::label::Label;
use super::path::{Path, Step};
use super::replacement::Maker;
use super::used::{Made, Used};
use super::{Code, SharedError, SingletonCode};
use crate::context::Context;
use crate::meta::{Colour, LifetimeKind, Limit, Meta};

/// A singleton of the plan whose declaration is being read.
pub(super) struct Behind<C: Context> {
    /// From the singleton to the dependency being read.
    pub(super) path: Path,
    seen: HashSet<TypeId>,
    can_fail: bool,
    /// Whether anything it is made from is limited.
    takes_slots: bool,
    errors: Vec<SharedError<C>>,
}

impl<C: Context> Builder<C> {
    pub(super) fn declare_singleton(&mut self, node: usize, singleton: Maker<C>, label: Label) {
        self.behind = Some(Behind {
            path: Path::default(),
            seen: HashSet::new(),
            can_fail: false,
            takes_slots: false,
            errors: Vec::new(),
        });
        self.read_behind(Used {
            label,
            made: Made::By(singleton),
        });
        if let (Some(behind), Some(own)) = (self.behind.take(), singleton.own) {
            let cell = self.app.singletons().cell(singleton.meta, own);
            if behind.takes_slots {
                self.made_before_slots.push(Arc::clone(&cell));
            }
            let draft = &mut self.drafts[node];
            draft.can_fail = behind.can_fail;
            draft.colour = Colour::Async;
            draft.on_executor = true;
            // It counts in the run of its own, from when what it is made from is there.
            draft.time_limit = None;
            draft.code = Some(Code::Singleton(Arc::new(SingletonCode {
                cell,
                errors: behind.errors.into(),
            })));
        }
    }

    /// Reads what a singleton is made from, without making nodes of it.
    pub(super) fn read_behind(&mut self, used: Used<C>) {
        let Made::By(maker) = used.made else {
            // Nothing is behind a value.
            return;
        };
        let Some(behind) = &mut self.behind else {
            return;
        };
        let step = Step {
            meta: maker.meta,
            label: used.label,
        };
        if let Some(cycle) = behind.path.cycle(&step) {
            self.problems.push(cycle);
            return;
        }
        if !behind.seen.insert(maker.id()) {
            return;
        }
        behind.path.push(step);
        let Meta {
            fallible,
            timeout,
            limit,
            ..
        } = maker.meta;
        behind.can_fail |= *fallible || timeout.is_some() || limit.is_some_and(Limit::can_fail);
        behind.takes_slots |= limit.is_some();
        if maker.meta.lifetime == LifetimeKind::RequestScoped {
            self.problems.push(Problem::OutlivesRequest {
                path: behind.path.labels().collect(),
            });
        }
        (maker.declare)(&mut Declaration {
            builder: self,
            subject: Subject::BehindSingleton,
        });
        // The app gets to know what a singleton is made from, and that before the singleton.
        if let Some(own) = maker.own {
            self.app.singletons().cell(maker.meta, own);
        }
        if let Some(behind) = &mut self.behind {
            behind.path.pop();
        }
    }

    /// A parameter behind the singleton is read from a request.
    pub(super) fn refuse_extractor_behind(&mut self, written: &'static str) {
        if let Some(behind) = &self.behind {
            let written = Label::from(written.to_owned());
            self.problems.push(Problem::OutlivesRequest {
                path: behind.path.labels().chain([written]).collect(),
            });
        }
    }

    pub(super) fn add_shared_error(&mut self, node: &Subject, error: SharedError<C>) {
        if let (Subject::BehindSingleton, Some(behind)) = (node, &mut self.behind) {
            behind.errors.push(error);
        }
    }
}
