//! [`Stand`]: what stands for a name where it is used.

use crate::meta::Meta;
use crate::plan::Replacements;

/// What stands for a name, and where.
#[derive(Debug)]
pub(super) struct Stand {
    pub(super) what: What,
    /// The contexts in which it does, as a person calls them; none where it does in each.
    pub(super) contexts: Vec<String>,
}

/// Where a value comes from.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Function(&'static Meta),
    /// It is given in place of the dependency.
    Value(&'static Meta),
}

impl What {
    /// The name that it is known by.
    pub(super) fn meta(self) -> &'static Meta {
        match self {
            Self::Function(meta) | Self::Value(meta) => meta,
        }
    }
}

/// What `user` gets under a name: one thing, or one for each context in which it is replaced.
pub(super) fn stands(
    replacements: &Replacements,
    name: &'static Meta,
    user: &'static Meta,
) -> Vec<Stand> {
    let mut functions: Vec<(&'static Meta, Vec<String>)> = Vec::new();
    for replacement in replacements.of(name) {
        let Some(there) = replacement.in_context() else {
            return vec![everywhere(What::Value(name))];
        };
        let context = there.context();
        match functions.iter_mut().find(|(meta, _)| is(meta, there.meta)) {
            Some((_, contexts)) => contexts.push(context),
            None => functions.push((there.meta, vec![context])),
        }
    }
    // Who replaces it gets the original.
    if functions.is_empty() || functions.iter().any(|(meta, _)| is(meta, user)) {
        return vec![everywhere(What::Function(name))];
    }
    let stand = |(function, contexts)| Stand {
        what: What::Function(function),
        contexts,
    };
    functions.into_iter().map(stand).collect()
}

fn everywhere(what: What) -> Stand {
    Stand {
        what,
        contexts: Vec::new(),
    }
}

fn is(one: &Meta, other: &Meta) -> bool {
    (one.id)() == (other.id)()
}
