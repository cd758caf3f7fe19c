//! What a name in a declaration turns out to be, and the path of declarations that leads to it.

use std::any::TypeId;

use super::error::Problem;
use super::label::Label;
use super::replacement::{Given, Maker};
use crate::context::Context;
use crate::meta::Meta;

/// What is used under a name, in one context.
pub(super) struct Used<C: Context> {
    pub(super) label: Label,
    pub(super) made: Made<C>,
}

/// Where a value comes from.
pub(super) enum Made<C: Context> {
    By(Maker<C>),
    /// It stands for the dependency.
    Given(&'static Meta, Given),
}

/// What tells the values of a request from one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// Made by a dependency, under whatever name.
    Made(TypeId),
    /// Given in place of a dependency.
    Given(TypeId),
}

/// A function whose declaration is being read.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) meta: &'static Meta,
    pub(super) label: Label,
}

/// The cycle that `step` closes, if it stands on the path to it.
pub(super) fn cycle(path: &[Step], step: &Step) -> Option<Problem> {
    let id = (step.meta.id)();
    let start = path.iter().position(|outer| (outer.meta.id)() == id)?;
    // Under the name by which it is needed in the cycle, not by which one first came to it.
    let mut members = vec![step.label.clone()];
    members.extend(labels(&path[start + 1..]));
    Some(Problem::Cycle { members })
}

pub(super) fn labels(path: &[Step]) -> impl Iterator<Item = Label> + '_ {
    path.iter().map(|step| step.label.clone())
}
