//! [`Builder`]: collects what generated code declares, then freezes it into a [`Plan`].
//!
//! 1. A request-scoped dependency or a singleton is one node however often it is needed; a transient
//!    one is a node for each use.
//! 2. A singleton is a leaf: what it is made from is resolved in a run of its own. Its declaration is
//!    read here all the same, for the errors it can fail with and for edges through a type parameter,
//!    which no proof at its definition could see.

use std::any::TypeId;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::declaration::Declaration;
use super::draft::{Draft, Subject};
use super::error::{PlanError, Problem};
use super::freeze::freeze;
use super::order::{Sketch, order};
use super::{Code, Dependency, NodeFuture, Plan, SharedContext, SharedError, SingletonCode};
use crate::app::App;
use crate::context::Context;
use crate::depends::Provider;
use crate::meta::{Colour, Kind, LifetimeKind, Meta};

/// A singleton of the plan whose declaration is being read.
struct Behind<C: Context> {
    /// From the singleton to the dependency being read.
    path: Vec<&'static Meta>,
    seen: HashSet<TypeId>,
    can_fail: bool,
    errors: Vec<SharedError<C>>,
}

/// Collects the nodes of one plan.
pub(crate) struct Builder<C: Context> {
    app: App,
    drafts: Vec<Draft<C>>,
    /// The node of each dependency that is one node however often it is needed.
    shared: HashMap<TypeId, usize>,
    /// The dependencies being declared, outermost first, to notice a cycle that no proof could see.
    declaring: Vec<&'static Meta>,
    behind: Option<Behind<C>>,
    transients: HashSet<TypeId>,
    problems: Vec<Problem>,
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
        let mut builder = Self {
            app: app.clone(),
            drafts: Vec::new(),
            shared: HashMap::new(),
            declaring: vec![meta],
            behind: None,
            transients: HashSet::new(),
            problems: Vec::new(),
        };
        let root = builder.draft(meta);
        declare(&mut Declaration {
            builder: &mut builder,
            subject: Subject::Node(root),
        });
        builder.drafts[root].code.get_or_insert(Code::Handler);
        builder.resolve_after();
        let sketches: Vec<Sketch> = builder
            .drafts
            .iter_mut()
            .map(|draft| std::mem::take(&mut draft.sketch))
            .collect();
        let order = order(&sketches, root);
        builder.problems.extend(order.problems.iter().cloned());
        if builder.problems.is_empty() {
            Ok(freeze(
                builder.drafts,
                &sketches,
                order,
                app.poll_on_lane(),
                sequential,
            ))
        } else {
            Err(PlanError {
                problems: builder.problems,
            })
        }
    }

    fn draft(&mut self, meta: &'static Meta) -> usize {
        self.drafts.push(Draft {
            name: meta.name,
            colour: meta.colour,
            can_fail: meta.fallible,
            on_executor: false,
            sketch: Sketch {
                label: meta.label(),
                is_guard: meta.kind == Kind::Guard,
                ..Sketch::default()
            },
            after: Vec::new(),
            code: None,
        });
        self.drafts.len() - 1
    }

    /// The node of `D` for one use of it, declared now if this is the first. `None` where the use is
    /// no edge of this plan.
    pub(super) fn need<D: Provider + Dependency<C>>(&mut self, user: &Subject) -> Option<usize> {
        let meta = D::META;
        if matches!(user, Subject::BehindSingleton) {
            self.read_behind::<D>();
            return None;
        }
        if let Some(cycle) = cycle(&self.declaring, meta) {
            self.problems.push(cycle);
            return None;
        }
        let id = (meta.id)();
        if let Some(&node) = self.shared.get(&id) {
            return Some(node);
        }
        let node = self.draft(meta);
        match meta.lifetime {
            LifetimeKind::Transient => {
                self.transients.insert(id);
            }
            LifetimeKind::RequestScoped | LifetimeKind::Singleton => {
                self.shared.insert(id, node);
            }
        }
        if meta.lifetime == LifetimeKind::Singleton {
            self.declare_singleton::<D>(node);
        } else {
            self.declaring.push(meta);
            D::declare(&mut Declaration {
                builder: self,
                subject: Subject::Node(node),
            });
            self.declaring.pop();
        }
        Some(node)
    }

    fn declare_singleton<D: Provider + Dependency<C>>(&mut self, node: usize) {
        self.behind = Some(Behind {
            path: Vec::new(),
            seen: HashSet::new(),
            can_fail: false,
            errors: Vec::new(),
        });
        self.read_behind::<D>();
        if let (Some(behind), Some(own)) = (self.behind.take(), D::OWN) {
            let draft = &mut self.drafts[node];
            draft.can_fail = behind.can_fail;
            draft.colour = Colour::Async;
            draft.on_executor = true;
            draft.code = Some(Code::Singleton(Arc::new(SingletonCode {
                cell: self.app.singletons().cell(D::META),
                own,
                errors: behind.errors.into(),
            })));
        }
    }

    /// Reads what a singleton is made from, without making nodes of it.
    fn read_behind<D: Provider + Dependency<C>>(&mut self) {
        let meta = D::META;
        let Some(behind) = &mut self.behind else {
            return;
        };
        if let Some(cycle) = cycle(&behind.path, meta) {
            self.problems.push(cycle);
            return;
        }
        if !behind.seen.insert((meta.id)()) {
            return;
        }
        behind.path.push(meta);
        behind.can_fail |= meta.fallible;
        if meta.lifetime == LifetimeKind::RequestScoped {
            self.problems.push(Problem::OutlivesRequest {
                path: labels(&behind.path),
            });
        }
        D::declare(&mut Declaration {
            builder: self,
            subject: Subject::BehindSingleton,
        });
        if let Some(behind) = &mut self.behind {
            behind.path.pop();
        }
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

    pub(super) fn add_extractor(
        &mut self,
        user: &Subject,
        written: &'static str,
        can_fail: bool,
        read: fn(SharedContext<C>, usize) -> NodeFuture<C>,
    ) {
        let Subject::Node(user) = *user else {
            if let Some(behind) = &self.behind {
                let mut path = labels(&behind.path);
                path.push(written.to_owned());
                self.problems.push(Problem::OutlivesRequest { path });
            }
            return;
        };
        self.drafts.push(Draft {
            name: written,
            colour: Colour::Async,
            can_fail,
            on_executor: false,
            sketch: Sketch {
                label: written.to_owned(),
                is_extractor: true,
                ..Sketch::default()
            },
            after: Vec::new(),
            code: Some(Code::Extract(read)),
        });
        let extractor = self.drafts.len() - 1;
        self.drafts[user].sketch.inputs.push(extractor);
    }

    pub(super) fn keep_on_executor(&mut self, node: &Subject) {
        if let Subject::Node(node) = node {
            self.drafts[*node].on_executor = true;
        }
    }

    pub(super) fn add_shared_error(&mut self, node: &Subject, error: SharedError<C>) {
        if let (Subject::BehindSingleton, Some(behind)) = (node, &mut self.behind) {
            behind.errors.push(error);
        }
    }

    pub(super) fn set_code(&mut self, node: &Subject, code: Code<C>) {
        if let Subject::Node(node) = node {
            self.drafts[*node].code = Some(code);
        }
    }

    fn resolve_after(&mut self) {
        for node in 0..self.drafts.len() {
            for target in std::mem::take(&mut self.drafts[node].after) {
                let id = (target.id)();
                if let Some(&other) = self.shared.get(&id) {
                    self.drafts[node].sketch.after.push(other);
                } else if self.transients.contains(&id) {
                    self.problems.push(Problem::AfterTransient {
                        node: self.drafts[node].sketch.label.clone(),
                        target: target.label(),
                    });
                }
            }
        }
    }
}

/// The cycle that `meta` closes, if it stands on the path to it.
fn cycle(path: &[&'static Meta], meta: &Meta) -> Option<Problem> {
    let start = path.iter().position(|outer| (outer.id)() == (meta.id)())?;
    let mut path = labels(&path[start..]);
    path.push(meta.label());
    Some(Problem::Cycle { path })
}

fn labels(path: &[&'static Meta]) -> Vec<String> {
    path.iter().map(|meta| meta.label()).collect()
}
