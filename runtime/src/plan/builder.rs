//! [`Builder`]: collects what generated code declares, then freezes it into a [`Plan`].
//!
//! 1. What a name stands for in the context is looked up here, once for each use of the name; all
//!    else is about what makes the value, under whatever name it was asked for.
//! 2. A request-scoped dependency or a singleton is one node however often it is needed; a transient
//!    one is a node for each use.
//! 3. A singleton is a leaf: see [`behind`](super::behind).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::behind::Behind;
use super::declaration::Declaration;
use super::draft::{Draft, Subject};
use super::error::{PlanError, Problem};
use super::extractor::Extractor;
use super::freeze::{Rules, freeze};
use super::given::Given;
use super::label::Label;
use super::order::{Sketch, order};
use super::path::{Path, Step};
use super::replacement::{Found, Maker};
use super::used::{Key, Made, Used};
use super::{Code, Dependency, Plan, Teardown, TimeLimit};
use crate::app::App;
use crate::block::Space;
use crate::context::Context;
use crate::depends::Provider;
use crate::failure::Timed;
use crate::meta::{Kind, LifetimeKind, Meta};
use crate::singleton::SingletonCell;

/// Collects the nodes of one plan.
pub(crate) struct Builder<C: Context> {
    pub(super) app: App,
    pub(super) drafts: Vec<Draft<C>>,
    /// The node of each value that is one node however often it is needed.
    shared: HashMap<Key, usize>,
    /// The dependencies being declared, outermost first, to notice a cycle that no proof could see.
    pub(super) declaring: Path,
    pub(super) behind: Option<Behind<C>>,
    transients: HashSet<Key>,
    /// The singletons that take slots in the runs of their own.
    pub(super) made_before_slots: Vec<Arc<SingletonCell>>,
    pub(super) problems: Vec<Problem>,
}

impl<C: Context> std::fmt::Debug for Builder<C> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Builder")
            .field("nodes", &self.drafts.len())
            .finish_non_exhaustive()
    }
}

impl<C: Context> Builder<C> {
    /// Builds the plan of one root: the handler, or a singleton in a run of its own.
    pub(crate) fn build(
        app: &App,
        meta: &'static Meta,
        sequential: bool,
        declare: impl FnOnce(&mut Declaration<'_, C>),
    ) -> Result<Plan<C>, PlanError> {
        let mut builder = Self::new(app);
        let root = builder.declare_root(meta, declare);
        let sketches = builder.sketches();
        let order = order(&sketches, root);
        builder.problems.extend(order.problems.iter().cloned());
        PlanError::check(builder.problems)?;
        Ok(freeze(
            builder.drafts,
            &sketches,
            order,
            Rules {
                settings: app.settings(),
                activity: app.life().activity(meta.name),
                sequential,
                timeout: meta.timeout.filter(|_| meta.kind == Kind::Handler),
                seat: meta.seat,
            },
        ))
    }

    pub(super) fn new(app: &App) -> Self {
        Self {
            app: app.clone(),
            drafts: Vec::new(),
            shared: HashMap::new(),
            declaring: Path::default(),
            behind: None,
            transients: HashSet::new(),
            made_before_slots: Vec::new(),
            problems: Vec::new(),
        }
    }

    pub(super) fn declare_root(
        &mut self,
        meta: &'static Meta,
        declare: impl FnOnce(&mut Declaration<'_, C>),
    ) -> usize {
        let label = self.app.replacements().label_of_root(meta);
        let root = self.draft(meta, label.clone());
        self.declaring.push(Step { meta, label });
        declare(&mut Declaration {
            builder: self,
            subject: Subject::Node(root),
        });
        self.declaring.pop();
        self.drafts[root].code.get_or_insert(Code::Handler);
        root
    }

    pub(super) fn sketches(&mut self) -> Vec<Sketch> {
        self.resolve_after();
        self.add_slots();
        let drafts = self.drafts.iter_mut();
        drafts
            .map(|draft| std::mem::take(&mut draft.sketch))
            .collect()
    }

    fn draft(&mut self, meta: &'static Meta, label: Label) -> usize {
        let names = self.app.replacements().names_of::<C>(meta);
        self.drafts.push(Draft::function(meta, label, names));
        self.drafts.len() - 1
    }

    /// The node of `D` for one use of it, declared now if this is the first. `None` where the use is
    /// no edge of this plan.
    pub(super) fn need<D: Provider + Dependency<C>>(&mut self, user: &Subject) -> Option<usize> {
        let used = self.look_up(Maker::of::<D>(), user)?;
        match user {
            Subject::Node(_) => self.node(used),
            Subject::BehindSingleton => {
                self.read_behind(used);
                None
            }
        }
    }

    /// The node of what is used, declared now if this is the first use.
    pub(super) fn node(&mut self, used: Used<C>) -> Option<usize> {
        let maker = match used.made {
            Made::By(maker) => maker,
            Made::Given(name, value) => return Some(self.given(name, value)),
        };
        let step = Step {
            meta: maker.meta,
            label: used.label.clone(),
        };
        if let Some(cycle) = self.declaring.cycle(&step) {
            self.problems.push(cycle);
            return None;
        }
        let key = Key::Made(maker.id());
        if let Some(&node) = self.shared.get(&key) {
            return Some(node);
        }
        let node = self.draft(maker.meta, used.label);
        match maker.meta.lifetime {
            LifetimeKind::Transient => {
                self.transients.insert(key);
            }
            LifetimeKind::RequestScoped | LifetimeKind::Singleton => {
                self.shared.insert(key, node);
            }
        }
        if maker.meta.lifetime == LifetimeKind::Singleton {
            self.declare_singleton(node, maker, step.label);
        } else {
            self.declaring.push(step);
            (maker.declare)(&mut Declaration {
                builder: self,
                subject: Subject::Node(node),
            });
            self.declaring.pop();
        }
        Some(node)
    }

    /// The node of a value that stands for a dependency.
    fn given(&mut self, name: &'static Meta, value: Given) -> usize {
        let id = (name.id)();
        if let Some(&node) = self.shared.get(&Key::Given(id)) {
            return node;
        }
        self.drafts.push(Draft::given(name, value));
        let node = self.drafts.len() - 1;
        self.shared.insert(Key::Given(id), node);
        node
    }

    pub(super) fn add_requirement(&mut self, user: &Subject, required: Option<usize>) {
        if let (Subject::Node(user), Some(required)) = (user, required) {
            self.drafts[*user].sketch.requires.push(required);
        }
    }

    pub(super) fn add_input(&mut self, user: &Subject, input: Option<usize>) {
        if let (Subject::Node(user), Some(input)) = (user, input) {
            self.drafts[*user].sketch.inputs.push(input);
        }
    }

    pub(super) fn add_after(&mut self, user: &Subject, target: &'static Meta) {
        if let Subject::Node(user) = user {
            self.drafts[*user].after.push(target);
        }
    }

    pub(super) fn add_extractor(&mut self, user: &Subject, extractor: Extractor<C>) {
        let Extractor {
            written,
            can_fail,
            reads_body,
            read,
            space,
        } = extractor;
        let Subject::Node(user) = *user else {
            self.refuse_extractor_behind(written);
            return;
        };
        let body_timeout = self.app.settings().body_timeout.filter(|_| reads_body);
        let of_body = |timeout| TimeLimit {
            what: Timed::Body,
            timeout,
        };
        self.drafts.push(Draft {
            can_fail,
            space,
            time_limit: body_timeout.map(of_body),
            ..Draft::extractor(written, self.drafts[user].place, read)
        });
        let extractor = self.drafts.len() - 1;
        self.drafts[user].sketch.inputs.push(extractor);
    }

    pub(super) fn keep_on_executor(&mut self, node: &Subject) {
        if let Subject::Node(node) = node {
            self.drafts[*node].on_executor = true;
        }
    }

    pub(super) fn set_needs_drop(&mut self, node: &Subject, needs_drop: bool) {
        if let Subject::Node(node) = node {
            self.drafts[*node].needs_drop = needs_drop;
        }
    }

    pub(super) fn learn_error_text<E: 'static>(&mut self, text: fn(&E) -> Option<String>) {
        self.app.singletons().error_texts().learn(text);
    }

    pub(super) fn set_teardown(&mut self, node: &Subject, teardown: Teardown<C::Rejection>) {
        if let Subject::Node(node) = node {
            self.drafts[*node].teardown = Some(teardown);
        }
    }

    pub(super) fn set_after_response(&mut self, node: &Subject, after_response: Teardown<()>) {
        if let Subject::Node(node) = node {
            self.drafts[*node].after_response = Some(after_response);
        }
    }

    /// Sets what a node does, and how much room that takes.
    pub(super) fn set_code(&mut self, node: &Subject, code: Code<C>, space: Space) {
        if let Subject::Node(node) = node {
            self.drafts[*node].space = space;
            self.drafts[*node].code = Some(code);
        }
    }

    fn resolve_after(&mut self) {
        for node in 0..self.drafts.len() {
            for target in std::mem::take(&mut self.drafts[node].after) {
                let key = match self.app.replacements().find::<C>(target, None) {
                    Found::Replacement(maker) => Key::Made(maker.id()),
                    Found::Value(_) => Key::Given((target.id)()),
                    // Who needs it in this plan is refused.
                    Found::Elsewhere => continue,
                    Found::Itself | Found::Original => Key::Made((target.id)()),
                };
                if let Some(&other) = self.shared.get(&key) {
                    self.drafts[node].sketch.after.push(other);
                } else if self.transients.contains(&key) {
                    self.problems.push(Problem::AfterTransient {
                        node: self.drafts[node].sketch.label.written().to_owned(),
                        target: target.label(),
                    });
                }
            }
        }
    }
}
