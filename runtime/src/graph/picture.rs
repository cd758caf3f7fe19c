//! [`Picture`]: the nodes and arrows of a graph, before anything is drawn.

mod draft;

use std::collections::BTreeSet;

use self::draft::Draft;
use super::Root;
use super::stands::What;
use super::words::Words;
use crate::meta::{Colour, Kind, LifetimeKind, Meta};
use crate::plan::Hop;

/// The nodes and arrows of a graph. Nodes are named by their position, in the order in which a
/// depth-first walk first comes to them.
#[derive(Debug, Default)]
pub(super) struct Picture {
    pub(super) nodes: Vec<Node>,
    /// The handlers.
    pub(super) roots: Vec<usize>,
    /// `(then, first)`: the one goes on where the other one has ended, in every request that has both.
    /// Behind a guard it does so though it may not need it.
    pub(super) goes_on_after: BTreeSet<(usize, usize)>,
    /// Which nodes share a hop, if there is one handler: requests for others have others.
    pub(super) hops: Vec<Hop>,
}

/// A function of one app, or a value that is given in place of one.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) what: What,
    pub(super) needs: Vec<Need>,
    /// What it stands for, and where.
    replaces: Vec<String>,
}

/// A name that a function uses.
#[derive(Debug)]
pub(super) struct Need {
    pub(super) how: How,
    pub(super) name: &'static Meta,
    /// What stands for it, with the contexts in which it does; none where it does in each.
    pub(super) by: Vec<(usize, Vec<String>)>,
}

/// How a name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It succeeds first.
    Requires,
    /// Its value is taken.
    Takes,
    /// It ends first, if it is there.
    After,
    /// Not at all, but whoever stands behind a guard goes on where that has ended.
    Behind,
}

/// From who needs something to what is needed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrow {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) how: How,
    /// Whether the one it comes from goes on where the other one has ended.
    pub(super) same_thread: bool,
}

impl Node {
    pub(super) fn words(&self) -> Words {
        match self.what {
            What::Function(meta) => Words::of_function(meta, &self.replaces),
            What::Value(meta) => Words::of_value(meta),
        }
    }

    /// How it runs; `None` for a value.
    pub(super) fn colour(&self) -> Option<Colour> {
        self.function().map(|meta| meta.colour)
    }

    pub(super) fn is(&self, kind: Kind) -> bool {
        self.function().is_some_and(|meta| meta.kind == kind)
    }

    pub(super) fn lives(&self, lifetime: LifetimeKind) -> bool {
        self.function()
            .is_some_and(|meta| meta.lifetime == lifetime)
    }

    fn function(&self) -> Option<&'static Meta> {
        match self.what {
            What::Function(meta) => Some(meta),
            What::Value(_) => None,
        }
    }

    /// The nodes it needs in a request. What a singleton is made from is no part of one.
    fn needed(&self, how: How) -> impl Iterator<Item = usize> + '_ {
        let is_in_request = !self.lives(LifetimeKind::Singleton);
        let needs = self.needs.iter();
        needs
            .filter(move |need| is_in_request && need.how == how)
            .flat_map(|need| need.by.iter().map(|&(by, _)| by))
    }
}

impl Picture {
    pub(super) fn of(roots: &[Root]) -> Self {
        let mut draft = Draft::default();
        for root in roots {
            draft.add(root);
        }
        draft.finish()
    }

    /// The arrows, at most one from a node to another one.
    pub(super) fn arrows(&self) -> Vec<Arrow> {
        let mut arrows: Vec<Arrow> = Vec::new();
        let behind = |from, arrows: &mut Vec<Arrow>| {
            let first = self.goes_on_after.range((from, 0)..(from + 1, 0));
            for &(_, to) in first.filter(|&&(_, to)| !self.leads_on(from, to)) {
                arrows.push(Arrow {
                    from,
                    to,
                    how: How::Behind,
                    same_thread: true,
                });
            }
        };
        for (from, user) in self.nodes.iter().enumerate() {
            let own_from = arrows.len();
            for need in &user.needs {
                for &(to, _) in &need.by {
                    if arrows[own_from..].iter().any(|arrow| arrow.to == to) {
                        continue;
                    }
                    arrows.push(Arrow {
                        from,
                        to,
                        how: need.how,
                        same_thread: self.goes_on_after.contains(&(from, to)),
                    });
                }
            }
            behind(from, &mut arrows);
        }
        arrows
    }

    /// Whether the one goes on after the other one by what it needs.
    fn leads_on(&self, from: usize, to: usize) -> bool {
        let mut reached = vec![from];
        let mut next = 0;
        while let Some(&position) = reached.get(next) {
            next += 1;
            for &(by, _) in self.nodes[position].needs.iter().flat_map(|need| &need.by) {
                if self.goes_on_after.contains(&(position, by)) && !reached.contains(&by) {
                    reached.push(by);
                }
            }
        }
        reached.contains(&to)
    }

    /// The nodes of a request for one handler, that first.
    fn request(&self, root: usize) -> Vec<usize> {
        let mut reached = vec![root];
        let mut next = 0;
        while let Some(&position) = reached.get(next) {
            next += 1;
            let user = &self.nodes[position];
            for needed in user.needed(How::Requires).chain(user.needed(How::Takes)) {
                if !reached.contains(&needed) {
                    reached.push(needed);
                }
            }
        }
        reached
    }
}
