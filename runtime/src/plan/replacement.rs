//! [`Replacements`]: what an app uses in place of a dependency.
//!
//! 1. A name stands for one thing in one context. What stands for it where is decided here and
//!    nowhere else; a plan is built with the answer, and a request asks nothing.
//! 2. Who takes what it replaces itself gets the original.
//! 3. A singleton belongs to the app and not to a context, so it is replaced by the same one wherever
//!    it is replaced.

use std::any::{Any, TypeId, type_name};
use std::fmt;
use std::sync::Arc;

use super::check::Check;
use super::declaration::{Declaration, Own};
use super::dependency::Dependency;
use super::error::Problem;
use super::label::Label;
use super::solo::Solo;
use crate::context::Context;
use crate::depends::Provider;
use crate::lifetime::{Holds, Shared, Value};
use crate::meta::{LifetimeKind, Meta, without_modules};

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

/// A value that stands for a dependency.
pub(super) type Given = Arc<dyn Any + Send + Sync>;

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

/// One dependency, replaced in one way.
pub(crate) struct Replacement {
    pub(crate) original: &'static Meta,
    by: By,
}

enum By {
    /// In every context.
    Value(Given),
    Dependency(InContext),
}

/// Another dependency, in one context.
pub(crate) struct InContext {
    pub(crate) meta: &'static Meta,
    context: (TypeId, &'static str),
    /// The [`Maker`] for that context.
    maker: Box<dyn Any + Send + Sync>,
    /// The [`Maker`] for [`Solo`], if it is a singleton.
    own_maker: Option<Maker<Solo>>,
    check: fn(&Replacement, &InContext, &mut Check),
}

impl Replacements {
    /// Has `value` stand for `D` in every context.
    pub(crate) fn add_value<D: Provider<Lifetime: Shared>>(&mut self, value: D::Output) {
        match <D::Lifetime as Holds<D::Output>>::store(value) {
            Value::Shared(value, _) => self.add(D::META, By::Value(value)),
            Value::Owned(_) | Value::Failure(_) => {
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
        let maker = Maker::<C>::of::<F>();
        let own_maker = |own| Maker {
            meta: F::META,
            own: Some(own),
            declare: own,
        };
        self.add(
            D::META,
            By::Dependency(InContext {
                meta: F::META,
                context: (TypeId::of::<C>(), type_name::<C>()),
                maker: Box::new(maker),
                own_maker: maker.own.map(own_maker),
                check: |replacement, there, check| {
                    if let Some(maker) = there.maker::<C>() {
                        check.used(replacement.label(), maker);
                    }
                },
            }),
        );
    }

    fn add(&mut self, original: &'static Meta, by: By) {
        let added = Replacement { original, by };
        let of_the_same = self
            .replacements
            .iter()
            .filter(|other| (other.original.id)() == (original.id)());
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
                By::Value(value) => return Found::Value(Arc::clone(value)),
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

    /// Says what is wrong with them, each with all others in effect.
    pub(super) fn check(&self, check: &mut Check) {
        check.problems(&self.problems);
        for replacement in &self.replacements {
            if let By::Dependency(there) = &replacement.by {
                (there.check)(replacement, there, check);
            }
        }
    }
}

impl Replacement {
    /// The dependency that stands for the original; `None` if that is a value.
    pub(crate) fn in_context(&self) -> Option<&InContext> {
        match &self.by {
            By::Value(_) => None,
            By::Dependency(there) => Some(there),
        }
    }

    fn label(&self) -> Label {
        let label = Label::of(self.original);
        match &self.by {
            By::Value(_) => label,
            By::Dependency(there) => label.replaced_by(there.meta),
        }
    }
}

impl InContext {
    fn maker<C: Context>(&self) -> Option<Maker<C>> {
        let own_maker = self.own_maker.as_ref().map(|maker| maker as &dyn Any);
        let maker = self.maker.downcast_ref::<Maker<C>>();
        maker
            .or_else(|| own_maker?.downcast_ref::<Maker<C>>())
            .copied()
    }

    /// The context, as a person calls it.
    pub(crate) fn context(&self) -> String {
        without_modules(self.context.1)
    }
}

/// Why two replacements of one dependency cannot both be.
fn contradiction(first: &Replacement, second: &Replacement) -> Option<Problem> {
    let original = second.original;
    let (context, ways) = match (&first.by, &second.by) {
        (By::Value(_), By::Value(_)) => (None, ["a value".to_owned(), "another one".to_owned()]),
        (By::Value(_), By::Dependency(there)) | (By::Dependency(there), By::Value(_)) => {
            let by = format!("`{}`", there.meta.label());
            (Some(there.context()), [by, "a value".to_owned()])
        }
        (By::Dependency(one), By::Dependency(other)) => {
            let ways = [one, other].map(|there| format!("`{}`", there.meta.label()));
            if one.context.0 == other.context.0 {
                (Some(one.context()), ways)
            } else if original.lifetime == LifetimeKind::Singleton
                && (one.meta.id)() != (other.meta.id)()
            {
                return Some(Problem::OneSingletonReplacedByTwo {
                    singleton: original.label(),
                    ways,
                    contexts: [one.context(), other.context()],
                });
            } else {
                return None;
            }
        }
    };
    Some(Problem::ReplacedTwice {
        dependency: original.label(),
        context,
        ways,
    })
}

impl fmt::Debug for Replacement {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("Replacement");
        debug.field("original", &self.original.name);
        match &self.by {
            By::Value(_) => debug.field("by", &"a value"),
            By::Dependency(there) => debug
                .field("by", &there.meta.name)
                .field("context", &there.context.1),
        };
        debug.finish()
    }
}

#[cfg(all(test, feature = "macros"))]
mod tests;
