//! [`Replacements`]: what an app uses in place of a dependency.
//!
//! 1. A name stands for one thing in one context. What stands for it where is decided here and
//!    nowhere else; a plan is built with the answer, and a request asks nothing.
//! 2. Who takes what it replaces itself gets the original.
//! 3. A singleton belongs to the app and not to a context, so it is replaced by the same one wherever
//!    it is replaced.

use std::any::TypeId;

use super::check::Check;
use super::declaration::{Declaration, Own};
use super::dependency::Dependency;
use super::error::Problem;
use super::given::Given;
use super::label::Label;
use super::replaced::{By, InContext, Replacement, contradiction};
use crate::block::Room;
use crate::context::Context;
use crate::depends::Provider;
use crate::lifetime::{Holds, Shared};
use crate::meta::Meta;
use crate::value::Value;

/// How a dependency is made in the context `C`.
pub(super) struct Maker<C: Context> {
    pub(super) meta: &'static Meta,
    /// How it is declared in the run of its own, if it is a singleton.
    pub(super) own: Option<Own>,
    pub(super) declare: fn(&mut Declaration<'_, C>),
}

impl<C: Context> Clone for Maker<C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C: Context> Copy for Maker<C> {}

impl<C: Context> Maker<C> {
    pub(super) fn of<D: Provider + Dependency<C>>() -> Self {
        Self {
            meta: D::META,
            own: D::OWN,
            declare: D::declare,
        }
    }

    pub(super) fn id(&self) -> TypeId {
        (self.meta.id)()
    }
}

/// What stands for a name in one context.
pub(super) enum Found<C: Context> {
    /// The dependency of that name.
    Itself,
    /// The same, though others get a replacement.
    Original,
    Replacement(Maker<C>),
    Value(Given),
    /// A replacement in other contexts only, and nothing in this one.
    Elsewhere,
}

/// What an app uses in place of its dependencies.
#[derive(Debug, Default)]
pub(crate) struct Replacements {
    replacements: Vec<Replacement>,
    /// Contradictions among them.
    problems: Vec<Problem>,
}

impl Replacements {
    /// Has `value` stand for `D` in every context.
    pub(crate) fn add_value<D: Provider<Lifetime: Shared>>(&mut self, value: D::Output) {
        match <D::Lifetime as Holds<D::Output>>::store(value, Room::none()) {
            Value::Shared(value, _) => {
                let value = value
                    .into_apart()
                    .expect("without a room it is kept by itself");
                self.add(Replacement::by_value(D::META, Given::new(value)));
            }
            Value::Owned(..) | Value::Failure(_) => {
                unreachable!("what is shared is stored to be shared")
            }
        }
    }

    /// Has `F` stand for `D` in the context `C`.
    pub(crate) fn add_dependency<C, D, F>(&mut self)
    where
        C: Context,
        D: Provider,
        F: Provider + Dependency<C>,
    {
        self.add(Replacement::by_dependency::<C, D, F>());
    }

    fn add(&mut self, added: Replacement) {
        let of_the_same = self
            .replacements
            .iter()
            .filter(|other| (other.original.id)() == (added.original.id)());
        for other in of_the_same {
            self.problems.extend(contradiction(other, &added));
        }
        self.replacements.push(added);
    }

    /// What `name` stands for in the context `C`. Its user is told by the function that is called
    /// with the value.
    pub(super) fn find<C: Context>(
        &self,
        name: &'static Meta,
        user: Option<&'static Meta>,
    ) -> Found<C> {
        let mut found = Found::Itself;
        for replacement in self.of(name) {
            match &replacement.by {
                By::Value(value) => return Found::Value(value.clone()),
                By::Dependency(there) => match there.maker::<C>() {
                    Some(maker) if user.is_some_and(|user| (user.id)() == maker.id()) => {
                        return Found::Original;
                    }
                    Some(maker) => return Found::Replacement(maker),
                    None => found = Found::Elsewhere,
                },
            }
        }
        found
    }

    /// Whether what stands for `name` also does so for singletons, which have no context.
    pub(super) fn reaches_singletons(&self, name: &'static Meta) -> bool {
        self.of(name).all(|replacement| match &replacement.by {
            By::Value(_) => true,
            By::Dependency(there) => there.own_maker.is_some(),
        })
    }

    /// What to call `name` where it is replaced.
    pub(super) fn label_of(&self, name: &'static Meta) -> Option<Label> {
        self.of(name).next().map(Replacement::label)
    }

    /// The contexts in which `name` is replaced, as a person calls them.
    pub(super) fn contexts_of(&self, name: &'static Meta) -> Vec<String> {
        let there = self.of(name).filter_map(Replacement::in_context);
        there.map(InContext::context).collect()
    }

    /// The names that stand for `made` in the context `C`, its own last. A name that stands for
    /// another function in another context is none of them: what was made there is not what is meant
    /// here.
    pub(super) fn names_of<C: Context>(&self, made: &'static Meta) -> Vec<TypeId> {
        let is_made = |there: &InContext| (there.meta.id)() == (made.id)();
        let replaced = self.replacements.iter().filter(|replacement| {
            let there = replacement.in_context();
            there.is_some_and(|there| is_made(there) && there.maker::<C>().is_some())
        });
        let mut names: Vec<TypeId> = replaced
            .map(|replacement| replacement.original)
            .filter(|name| {
                let mut everywhere = self.of(name).filter_map(Replacement::in_context);
                everywhere.all(is_made)
            })
            .map(|name| (name.id)())
            .collect();
        if matches!(self.find::<C>(made, None), Found::Itself) {
            names.push((made.id)());
        }
        names
    }

    /// What to call the root of the run that makes `made`.
    pub(super) fn label_of_root(&self, made: &'static Meta) -> Label {
        let mut dependencies = self.replacements.iter().filter(|replacement| {
            let there = replacement.in_context();
            there.is_some_and(|there| (there.meta.id)() == (made.id)())
        });
        match dependencies.next() {
            Some(replacement) => replacement.label(),
            None if self.of(made).next().is_some() => Label::of(made).original(),
            None => Label::of(made),
        }
    }

    /// How `name` is replaced.
    pub(crate) fn of(&self, name: &'static Meta) -> impl Iterator<Item = &Replacement> {
        self.replacements
            .iter()
            .filter(move |replacement| (replacement.original.id)() == (name.id)())
    }

    /// Whether the app uses all dependencies as they are written.
    pub(crate) fn is_empty(&self) -> bool {
        self.replacements.is_empty()
    }

    /// Says what is wrong with them, each with all others in effect.
    pub(super) fn check(&self, check: &mut Check) {
        check.problems(&self.problems);
        for replacement in &self.replacements {
            replacement.check(check);
        }
    }
}

#[cfg(all(test, feature = "macros"))]
mod tests;
