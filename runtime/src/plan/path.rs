//! [`Path`]: the declarations that are being read, each within the one before.

use std::any::TypeId;
use std::collections::HashSet;

use super::error::Problem;
use super::label::Label;
use crate::meta::{LifetimeKind, Meta};

/// A function whose declaration is being read.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) meta: &'static Meta,
    pub(super) label: Label,
}

/// The functions whose declarations are being read: each is used by the one before.
#[derive(Debug, Default)]
pub(super) struct Path {
    steps: Vec<Step>,
    /// Which they are: a graph may be deep, and each use asks.
    ids: HashSet<TypeId>,
}

impl Path {
    pub(super) fn push(&mut self, step: Step) {
        self.ids.insert((step.meta.id)());
        self.steps.push(step);
    }

    pub(super) fn pop(&mut self) {
        if let Some(step) = self.steps.pop() {
            self.ids.remove(&(step.meta.id)());
        }
    }

    /// Whose declaration is read now.
    pub(super) fn last(&self) -> Option<&Step> {
        self.steps.last()
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = Label> + '_ {
        labels(&self.steps)
    }

    /// The same, from the last singleton on, or all of them.
    pub(super) fn labels_from_singleton(&self) -> impl Iterator<Item = Label> + '_ {
        let is_singleton = |step: &Step| step.meta.lifetime == LifetimeKind::Singleton;
        let start = self.steps.iter().rposition(is_singleton);
        labels(&self.steps[start.unwrap_or(0)..])
    }

    /// The cycle that `step` closes, if it is one of these.
    pub(super) fn cycle(&self, step: &Step) -> Option<Problem> {
        let id = (step.meta.id)();
        if !self.ids.contains(&id) {
            return None;
        }
        let start = self
            .steps
            .iter()
            .position(|outer| (outer.meta.id)() == id)?;
        // Under the name by which it is needed in the cycle, not by which one first came to it.
        let mut members = vec![step.label.clone()];
        members.extend(labels(&self.steps[start + 1..]));
        Some(Problem::Cycle { members })
    }
}

fn labels(steps: &[Step]) -> impl Iterator<Item = Label> + '_ {
    steps.iter().map(|step| step.label.clone())
}
