//! [`Check`]: what is wrong with an app, found before it serves.
//!
//! Every graph that is known is looked at, and the graph of each singleton that is met: a singleton
//! is made in a run of its own, which no other plan shows.

use std::any::TypeId;
use std::collections::HashSet;
use std::sync::Arc;

use super::builder::{Builder, Seen};
use super::error::{PlanError, Problem};
use super::label::Label;
use super::replacement::{Found, Maker};
use super::solo::Solo;
use super::used::{Made, Used};
use super::{Code, Dependency, Plan};
use crate::app::App;
use crate::context::Context;
use crate::depends::Provider;
use crate::singleton::SingletonCell;

/// What is wrong with an app.
#[derive(Debug)]
pub(crate) struct Check<'a> {
    app: &'a App,
    problems: Vec<Problem>,
    /// The singletons whose own graphs were looked at.
    singletons: HashSet<TypeId>,
}

impl<'a> Check<'a> {
    pub(crate) fn new(app: &'a App) -> Self {
        Self {
            app,
            problems: Vec::new(),
            singletons: HashSet::new(),
        }
    }

    /// Looks at what is replaced, each with all others in effect.
    pub(crate) fn replacements(&mut self) {
        self.app.replacements().check(self);
    }

    /// Looks at a plan that is built to stay.
    pub(crate) fn plan<C: Context>(
        &mut self,
        build: impl FnOnce(&App) -> Result<Arc<Plan<C>>, PlanError>,
    ) {
        match build(self.app) {
            Ok(plan) => {
                for code in &plan.code {
                    if let Code::Singleton(singleton) = code {
                        self.own_run(&singleton.cell);
                    }
                }
            }
            Err(error) => self.problems(error.problems()),
        }
    }

    /// Has the app know a singleton, or what stands for it, and looks at what that is made from.
    pub(crate) fn singleton<D: Provider + Dependency<Solo>>(&mut self) {
        let label = Label::of(D::META);
        match self.app.replacements().find::<Solo>(D::META, None) {
            Found::Itself | Found::Original => self.used(label, Maker::<Solo>::of::<D>()),
            Found::Replacement(maker) => self.used(label.replaced_by(maker.meta), maker),
            Found::Value(_) | Found::Elsewhere => {}
        }
    }

    /// Looks at what stands for a name in the context `C`.
    pub(super) fn used<C: Context>(&mut self, label: Label, maker: Maker<C>) {
        let made = Made::By(maker);
        self.seen(Builder::look_at_use(self.app, Used { label, made }));
    }

    pub(super) fn problems(&mut self, problems: &[Problem]) {
        self.problems.extend_from_slice(problems);
    }

    /// All that was found.
    pub(crate) fn finish(self) -> Result<(), PlanError> {
        PlanError::check(self.problems)
    }

    fn seen(&mut self, seen: Seen) {
        self.problems(&seen.problems);
        for singleton in seen.singletons {
            self.own_run(&singleton);
        }
    }

    fn own_run(&mut self, cell: &SingletonCell) {
        let meta = cell.meta();
        if self.singletons.insert((meta.id)()) {
            self.seen(Builder::<Solo>::look_at_root(self.app, meta, cell.own()));
        }
    }
}
