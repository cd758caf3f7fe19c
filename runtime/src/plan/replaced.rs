//! [`Replacement`]: one dependency, replaced in one way.

use std::any::{Any, TypeId, type_name};
use std::fmt;

use super::check::Check;
use super::dependency::Dependency;
use super::error::Problem;
use super::given::Given;
use super::label::Label;
use super::replacement::Maker;
use super::solo::Solo;
use crate::context::Context;
use crate::depends::Provider;
use crate::meta::{LifetimeKind, Meta, without_modules};

/// One dependency, replaced in one way.
pub(crate) struct Replacement {
    pub(crate) original: &'static Meta,
    pub(super) by: By,
}

pub(super) enum By {
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
    pub(super) own_maker: Option<Maker<Solo>>,
    check: fn(&Replacement, &InContext, &mut Check),
}

impl Replacement {
    /// The value stands for `original`.
    pub(super) fn by_value(original: &'static Meta, value: Given) -> Self {
        Self {
            original,
            by: By::Value(value),
        }
    }

    /// `F` stands for `D` in the context `C`.
    pub(super) fn by_dependency<C, D, F>() -> Self
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
        Self {
            original: D::META,
            by: By::Dependency(InContext {
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
        }
    }

    /// The dependency that stands for the original; `None` if that is a value.
    pub(crate) fn in_context(&self) -> Option<&InContext> {
        match &self.by {
            By::Value(_) => None,
            By::Dependency(there) => Some(there),
        }
    }

    /// Says what is wrong with the graph of what stands for the original.
    pub(super) fn check(&self, check: &mut Check) {
        if let By::Dependency(there) = &self.by {
            (there.check)(self, there, check);
        }
    }

    pub(super) fn label(&self) -> Label {
        let label = Label::of(self.original);
        match &self.by {
            By::Value(_) => label,
            By::Dependency(there) => label.replaced_by(there.meta),
        }
    }
}

impl InContext {
    pub(super) fn maker<C: Context>(&self) -> Option<Maker<C>> {
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
pub(super) fn contradiction(first: &Replacement, second: &Replacement) -> Option<Problem> {
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
