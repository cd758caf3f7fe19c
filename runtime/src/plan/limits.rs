//! Where a plan takes the slots of dependencies that are [limited](crate::lane::Limited).

use std::sync::Arc;

use super::Code;
use super::builder::Builder;
use super::draft::Draft;
use super::error::Problem;
use super::label::Label;
use super::order::Sketch;
use crate::app::App;
use crate::context::Context;
use crate::failure::Failure;
use crate::lane::{Limited, Slots};
use crate::meta::{Limit, Meta};
use crate::run;
use crate::singleton::SingletonCell;

/// Takes the slots of one dependency.
pub(crate) struct TakeSlots {
    limited: Arc<Limited>,
    /// The singletons of the plan that take slots in the runs of their own. While a request waits for
    /// one of those it must have no slot that such a run may wait for, so they are made before.
    singletons: Box<[Arc<SingletonCell>]>,
}

impl TakeSlots {
    /// So many slots, if they can be had at once.
    pub(crate) fn try_take(&self, count: u32) -> Option<Slots> {
        let are_made = self.singletons.iter().all(|singleton| singleton.is_made());
        are_made.then(|| self.limited.try_take(count))?
    }

    /// So many slots, all at once.
    ///
    /// # Errors
    ///
    /// As many requests wait already as may.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped, its place in the queue is free.
    pub(crate) async fn take(&self, app: &App, count: u32) -> Result<Slots, Failure> {
        for singleton in &self.singletons {
            // Who needs it is told of its failure.
            drop(run::made(app, singleton).await);
        }
        let taken = self.limited.take(count).await;
        if taken.as_ref().is_err_and(Failure::is_overloaded) {
            app.counters().count_overload();
        }
        taken
    }
}

impl<C: Context> Builder<C> {
    /// Adds the nodes that take slots, one for each dependency that is limited.
    pub(super) fn add_slots(&mut self) {
        let mut limited: Vec<(&'static Meta, Limit, Vec<usize>)> = Vec::new();
        for (node, draft) in self.drafts.iter().enumerate() {
            let Some((meta, limit)) = draft.limited else {
                continue;
            };
            match limited
                .iter_mut()
                .find(|(other, ..)| (other.id)() == (meta.id)())
            {
                Some((.., nodes)) => nodes.push(node),
                None => limited.push((meta, limit, vec![node])),
            }
        }
        for (meta, limit, nodes) in limited {
            let needed = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
            if needed > limit.values {
                self.problems.push(Problem::OverLimit {
                    dependency: self.drafts[nodes[0]].sketch.label.clone(),
                    place: meta.place,
                    limit: limit.values,
                    needed,
                });
            }
            self.add_slots_of(meta, limit, &nodes);
        }
    }

    fn add_slots_of(&mut self, meta: &'static Meta, limit: Limit, nodes: &[usize]) {
        let limited = self.app.limits().of(meta, limit);
        let slots = self.drafts.len();
        for &node in nodes {
            self.drafts[node].sketch.slots = Some(slots);
        }
        self.drafts.push(Draft {
            can_fail: limit.can_fail(),
            sketch: Sketch {
                label: Label::from(format!("slot of {}", meta.label())),
                slots_order: Some(limited.order()),
                ..Sketch::default()
            },
            code: Some(Code::Slots(Arc::new(TakeSlots {
                limited,
                singletons: self.made_before_slots.as_slice().into(),
            }))),
            ..Draft::empty(meta.name, meta.place)
        });
    }
}
