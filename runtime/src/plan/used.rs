//! What a name in a declaration turns out to be.

use std::any::{TypeId, type_name};

use super::builder::Builder;
use super::draft::Subject;
use super::error::Problem;
use super::given::Given;
use super::label::Label;
use super::replacement::{Found, Maker};
use super::solo::Solo;
use crate::context::Context;
use crate::meta::{LifetimeKind, Meta, without_modules};

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

impl<C: Context> Builder<C> {
    /// What a name stands for. `None` for nothing, which is a problem.
    pub(super) fn look_up(&mut self, named: Maker<C>, user: &Subject) -> Option<Used<C>> {
        let path = match (user, &self.behind) {
            (Subject::BehindSingleton, Some(behind)) => &behind.path,
            (Subject::BehindSingleton, None) | (Subject::Node(_), _) => &self.declaring,
        };
        let user = path.last();
        let (name, label) = (named.meta, Label::of(named.meta));
        let replacements = self.app.replacements();
        let used = match replacements.find::<C>(name, user.map(|user| user.meta)) {
            Found::Itself => Some((label, Made::By(named))),
            Found::Original => Some((label.original(), Made::By(named))),
            Found::Replacement(maker) => Some((label.replaced_by(maker.meta), Made::By(maker))),
            Found::Value(value) => Some((label, Made::Given(name, value))),
            Found::Elsewhere => None,
        };
        let is_solo = TypeId::of::<C>() == TypeId::of::<Solo>();
        let is_for_a_singleton = is_solo || self.behind.is_some();
        let is_found = used.is_some();
        if !is_found && !is_solo {
            self.problems.push(Problem::ReplacedElsewhere {
                dependency: name.label(),
                replaced_in: replacements.contexts_of(name),
                context: without_modules(type_name::<C>()),
                user: user.map(|user| user.label.written().to_owned()),
            });
        } else if is_for_a_singleton
            // One that belongs to a request is refused for that.
            && !(is_found && name.lifetime == LifetimeKind::RequestScoped)
            && !replacements.reaches_singletons(name)
        {
            let path = path.labels_from_singleton();
            let path = path.chain(replacements.label_of(name)).collect();
            self.problems.push(Problem::ReplacedForRequests { path });
        }
        used.map(|(label, made)| Used { label, made })
    }
}
