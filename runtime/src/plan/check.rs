//! [`Check`]: what is wrong with an app, found before it serves.
//!
//! Every graph that is known is looked at, and the graph of each singleton that is met: a singleton
//! is made in a run of its own, which no other plan shows.

use std::any::TypeId;
use std::collections::HashSet;
use std::sync::Arc;

use super::builder::Builder;
use super::declaration::Declaration;
use super::error::{PlanError, Problem};
use super::label::Label;
use super::order::{Sketch, order};
use super::replacement::{Found, Maker};
use super::solo::Solo;
use super::used::{Made, Used};
use super::{Code, Dependency, Plan};
use crate::app::App;
use crate::context::Context;
use crate::depends::Provider;
use crate::meta::Meta;
use crate::singleton::SingletonCell;

/// What is wrong with an app.
#[derive(Debug)]
pub(crate) struct Check {
    app: App,
    problems: Vec<Problem>,
    /// The singletons whose own graphs were looked at.
    singletons: HashSet<TypeId>,
}

impl Check {
    pub(crate) fn new(app: &App) -> Self {
        Self {
            app: app.clone(),
            problems: Vec::new(),
            singletons: HashSet::new(),
        }
    }

    /// Looks at what is replaced, each with all others in effect.
    pub(crate) fn replacements(&mut self) {
        let replacements = Arc::clone(self.app.replacements());
        replacements.check(self);
    }

    /// Looks at a plan that is built to stay.
    pub(crate) fn plan<C: Context>(
        &mut self,
        build: impl FnOnce(&App) -> Result<Arc<Plan<C>>, PlanError>,
    ) {
        match build(&self.app) {
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
        self.seen(Builder::look_at_use(&self.app, Used { label, made }));
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
            self.seen(Builder::<Solo>::look_at_root(&self.app, meta, cell.own()));
        }
    }
}

/// What a look at a graph has shown, of which no plan is made.
struct Seen {
    problems: Vec<Problem>,
    /// The singletons it takes.
    singletons: Vec<Arc<SingletonCell>>,
}

impl<C: Context> Builder<C> {
    /// Looks at the graph of a root.
    fn look_at_root(
        app: &App,
        meta: &'static Meta,
        declare: impl FnOnce(&mut Declaration<'_, C>),
    ) -> Seen {
        let mut builder = Self::new(app);
        let root = builder.declare_root(meta, declare);
        let sketches = builder.sketches();
        builder.seen(&sketches, root)
    }

    /// Looks at the graph of whoever needs this, and nothing else.
    fn look_at_use(app: &App, used: Used<C>) -> Seen {
        let mut builder = Self::new(app);
        let inputs = builder.node(used).into_iter().collect();
        let mut sketches = builder.sketches();
        sketches.push(Sketch {
            inputs,
            ..Sketch::default()
        });
        builder.seen(&sketches, sketches.len() - 1)
    }

    fn seen(mut self, sketches: &[Sketch], root: usize) -> Seen {
        self.problems.extend(order(sketches, root).problems);
        let singletons = self.drafts.iter().filter_map(|draft| match &draft.code {
            Some(Code::Singleton(singleton)) => Some(Arc::clone(&singleton.cell)),
            _ => None,
        });
        Seen {
            singletons: singletons.collect(),
            problems: self.problems,
        }
    }
}
