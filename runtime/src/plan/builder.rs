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
use super::error::{PlanError, Problem};
use super::order::{Order, Sketch, order};
use super::pace::Pace;
use super::{Code, Dependency, NodeFuture, Plan, SharedContext, SharedError, SingletonCode, index};
use crate::app::{App, PollOnLane};
use crate::context::Context;
use crate::depends::Provider;
use crate::meta::{Colour, Kind, LifetimeKind, Meta};

/// What a [`Declaration`] is about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    /// A node of the plan.
    Node(usize),
    /// A singleton, or what it is made from: no node of this plan.
    BehindSingleton,
}

/// A node that is being declared.
struct Draft<C: Context> {
    name: &'static str,
    colour: Colour,
    can_fail: bool,
    on_executor: bool,
    consumes: bool,
    sketch: Sketch,
    /// Resolved once all nodes are known: `after` asks whether the other one is there.
    after: Vec<&'static Meta>,
    code: Option<Code<C>>,
}

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
    /// The node of each dependency that is one node, and whether its declaration is complete.
    shared: HashMap<TypeId, usize>,
    /// The dependencies being declared, outermost first, to notice a cycle that no proof could see.
    declaring: Vec<&'static Meta>,
    behind: Option<Behind<C>>,
    transients: HashMap<TypeId, &'static Meta>,
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
            transients: HashMap::new(),
            problems: Vec::new(),
        };
        let root = builder.draft(meta);
        declare(&mut Declaration {
            builder: &mut builder,
            place: Place::Node(root),
        });
        builder.drafts[root].code.get_or_insert(Code::Handler);
        builder.resolve_after();
        builder.freeze(root, sequential)
    }

    fn draft(&mut self, meta: &'static Meta) -> usize {
        self.drafts.push(Draft {
            name: meta.name,
            colour: meta.colour,
            can_fail: meta.fallible,
            on_executor: false,
            consumes: false,
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
    pub(super) fn need<D: Provider + Dependency<C>>(&mut self, user: &Place) -> Option<usize> {
        let meta = D::META;
        if matches!(user, Place::BehindSingleton) {
            self.read_behind::<D>();
            return None;
        }
        if let Some(start) = self.declaring.iter().position(|outer| same(outer, meta)) {
            let path = self.declaring[start..]
                .iter()
                .chain([&meta])
                .map(|meta| meta.label());
            self.problems.push(Problem::Cycle {
                path: path.collect(),
            });
            return None;
        }
        let id = (meta.id)();
        if let Some(&node) = self.shared.get(&id) {
            return Some(node);
        }
        let node = self.draft(meta);
        match meta.lifetime {
            LifetimeKind::Transient => {
                self.transients.insert(id, meta);
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
                place: Place::Node(node),
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
        let labels = |path: &[&'static Meta]| path.iter().map(|meta| meta.label()).collect();
        if let Some(start) = behind.path.iter().position(|outer| same(outer, meta)) {
            behind.path.push(meta);
            self.problems.push(Problem::Cycle {
                path: labels(&behind.path[start..]),
            });
            behind.path.pop();
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
            place: Place::BehindSingleton,
        });
        if let Some(behind) = &mut self.behind {
            behind.path.pop();
        }
    }

    pub(super) fn add_requirement(&mut self, user: &Place, required: Option<usize>) {
        if let (Place::Node(user), Some(required)) = (user, required) {
            self.drafts[*user].sketch.requires.push(required);
        }
    }

    pub(super) fn add_input(&mut self, user: &Place, input: Option<usize>) {
        if let (Place::Node(user), Some(input)) = (user, input) {
            self.drafts[*user].sketch.inputs.push(input);
        }
    }

    pub(super) fn add_after(&mut self, user: &Place, target: &'static Meta) {
        if let Place::Node(user) = user {
            self.drafts[*user].after.push(target);
        }
    }

    pub(super) fn add_extractor(
        &mut self,
        user: &Place,
        written: &'static str,
        can_fail: bool,
        consumes: bool,
        read: fn(SharedContext<C>, usize) -> NodeFuture<C>,
    ) {
        let Place::Node(user) = *user else {
            if let Some(behind) = &self.behind {
                let mut path: Vec<String> = behind.path.iter().map(|meta| meta.label()).collect();
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
            consumes,
            sketch: Sketch {
                label: written.to_owned(),
                is_extractor: true,
                ..Sketch::default()
            },
            after: Vec::new(),
            code: Some(Code::Extract(read, 0)),
        });
        let extractor = self.drafts.len() - 1;
        self.drafts[user].sketch.inputs.push(extractor);
    }

    pub(super) fn keep_on_executor(&mut self, node: &Place) {
        if let Place::Node(node) = node {
            self.drafts[*node].on_executor = true;
        }
    }

    pub(super) fn add_shared_error(&mut self, node: &Place, error: SharedError<C>) {
        if let (Place::BehindSingleton, Some(behind)) = (node, &mut self.behind) {
            behind.errors.push(error);
        }
    }

    pub(super) fn set_code(&mut self, node: &Place, code: Code<C>) {
        if let Place::Node(node) = node {
            self.drafts[*node].code = Some(code);
        }
    }

    fn resolve_after(&mut self) {
        for node in 0..self.drafts.len() {
            for target in std::mem::take(&mut self.drafts[node].after) {
                let id = (target.id)();
                if let Some(&other) = self.shared.get(&id) {
                    self.drafts[node].sketch.after.push(other);
                } else if self.transients.contains_key(&id) {
                    self.problems.push(Problem::AfterTransient {
                        node: self.drafts[node].sketch.label.clone(),
                        target: target.label(),
                    });
                }
            }
        }
    }

    fn freeze(mut self, root: usize, sequential: bool) -> Result<Plan<C>, PlanError> {
        let sketches: Vec<Sketch> = self
            .drafts
            .iter_mut()
            .map(|draft| std::mem::take(&mut draft.sketch))
            .collect();
        let order = order(&sketches, root);
        self.problems.extend(order.problems.iter().cloned());
        if !self.problems.is_empty() {
            return Err(PlanError {
                problems: self.problems,
            });
        }
        let nodes = order.sketches.len();
        let mut index_of = vec![0; self.drafts.len()];
        for (position, &sketch) in order.sketches.iter().enumerate() {
            index_of[sketch] = index(position);
        }
        let mut dependents = vec![Vec::new(); nodes];
        let mut waits = vec![0; nodes];
        for &(first, then) in &order.edges {
            dependents[first].push(index(then));
            waits[then] += 1;
        }
        let leads_to_blocking = leads_to_blocking(&order, &dependents, |index| {
            self.drafts[order.sketches[index]].colour.is_blocking()
        });
        let poll_on_lane = self.app.poll_on_lane();
        let mut drafts: Vec<Option<Draft<C>>> = self.drafts.into_iter().map(Some).collect();
        let mut reads_left = order.extractors.len();
        let mut reads_left_after = vec![0; nodes];
        for &extractor in &order.extractors {
            reads_left -= 1;
            reads_left_after[extractor] = reads_left;
        }

        let mut plan = Arrays::with_capacity(nodes);
        for (position, &sketch) in order.sketches.iter().enumerate() {
            let Some(draft) = drafts[sketch].take() else {
                continue;
            };
            plan.names.push(draft.name);
            plan.colours.push(draft.colour);
            plan.can_fail.push(draft.can_fail);
            plan.inputs.push(
                sketches[sketch]
                    .inputs
                    .iter()
                    .map(|&input| index_of[input])
                    .collect(),
            );
            plan.polled_on_lane.push(
                !draft.on_executor
                    && match poll_on_lane {
                        PollOnLane::Always => true,
                        PollOnLane::Never => false,
                        PollOnLane::WhereItSavesAHop => leads_to_blocking[position],
                    },
            );
            plan.code.push(match draft.code {
                Some(Code::Extract(read, _)) => Code::Extract(
                    read,
                    if draft.consumes {
                        reads_left_after[position]
                    } else {
                        0
                    },
                ),
                Some(code) => code,
                None => Code::Handler,
            });
        }
        let all = |indices: Vec<usize>| indices.into_iter().map(index).collect();
        Ok(Plan {
            names: plan.names.into(),
            code: plan.code.into(),
            colours: plan.colours.into(),
            inputs: plan.inputs.into(),
            sources: (0..nodes)
                .filter(|&node| waits[node] == 0)
                .map(index)
                .collect(),
            dependents: dependents.into_iter().map(Vec::into_boxed_slice).collect(),
            waits: waits.into(),
            can_fail: plan.can_fail.into(),
            polled_on_lane: plan.polled_on_lane.into(),
            paces: (0..nodes).map(|_| Pace::unknown()).collect(),
            reads_context: !order.extractors.is_empty(),
            schedule: all(order.schedule),
            sequential,
        })
    }
}

/// The plan's arrays while they are filled.
struct Arrays<C: Context> {
    names: Vec<&'static str>,
    code: Vec<Code<C>>,
    colours: Vec<Colour>,
    inputs: Vec<Box<[u32]>>,
    can_fail: Vec<bool>,
    polled_on_lane: Vec<bool>,
}

impl<C: Context> Arrays<C> {
    fn with_capacity(nodes: usize) -> Self {
        Self {
            names: Vec::with_capacity(nodes),
            code: Vec::with_capacity(nodes),
            colours: Vec::with_capacity(nodes),
            inputs: Vec::with_capacity(nodes),
            can_fail: Vec::with_capacity(nodes),
            polled_on_lane: Vec::with_capacity(nodes),
        }
    }
}

/// By index: whether a blocking node waits for it, however far behind.
fn leads_to_blocking(
    order: &Order,
    dependents: &[Vec<u32>],
    is_blocking: impl Fn(usize) -> bool,
) -> Vec<bool> {
    let mut leads = vec![false; dependents.len()];
    for &node in order.schedule.iter().rev() {
        leads[node] = dependents[node]
            .iter()
            .any(|&then| is_blocking(then as usize) || leads[then as usize]);
    }
    leads
}

fn same(one: &Meta, other: &Meta) -> bool {
    (one.id)() == (other.id)()
}
