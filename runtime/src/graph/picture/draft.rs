//! [`Draft`]: a picture that is being made, one handler after the other.

use std::any::TypeId;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::{How, Need, Node, Picture};
use crate::graph::Root;
use crate::graph::stands::{What, stands};
use crate::meta::{Colour, Kind, LifetimeKind, Meta};
use crate::plan::{Outline, Part, Replacements, Runs};

/// A picture that is being made.
#[derive(Debug, Default)]
pub(super) struct Draft {
    picture: Picture,
    apps: Vec<Arc<Replacements>>,
    /// What the app replaces whose handler is being looked at, and its position among all.
    replacements: Arc<Replacements>,
    app: usize,
    /// The node of each value that is made once in an app or in a request.
    shared: HashMap<(usize, Key), usize>,
    /// The nodes that are being looked at, outermost first.
    path: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Function(TypeId),
    Value(TypeId),
}

impl Draft {
    /// Adds a handler, and what it needs that is not there yet.
    pub(super) fn add(&mut self, root: &Root) {
        self.replacements = Arc::clone(&root.replacements);
        self.app = self.app_of(&root.replacements);
        let position = self.function(root.meta);
        if !self.picture.roots.contains(&position) {
            self.picture.roots.push(position);
        }
        self.add_after(position);
    }

    pub(super) fn finish(mut self) -> Picture {
        self.outline();
        self.picture
    }

    /// Two apps that replace nothing have the same pictures.
    fn app_of(&mut self, replacements: &Arc<Replacements>) -> usize {
        let is_same = |known: &Arc<Replacements>| {
            Arc::ptr_eq(known, replacements) || (known.is_empty() && replacements.is_empty())
        };
        self.apps.iter().position(is_same).unwrap_or_else(|| {
            self.apps.push(Arc::clone(replacements));
            self.apps.len() - 1
        })
    }

    /// The node of a function, for one use of it.
    fn function(&mut self, meta: &'static Meta) -> usize {
        let key = (self.app, Key::Function((meta.id)()));
        let known = if meta.lifetime == LifetimeKind::Transient {
            // One that needs itself is no plan, but a picture.
            let is_it =
                |&&outer: &&usize| (self.picture.nodes[outer].what.meta().id)() == (meta.id)();
            self.path.iter().find(is_it).copied()
        } else {
            self.shared.get(&key).copied()
        };
        if let Some(known) = known {
            return known;
        }
        let position = self.add_node(What::Function(meta));
        if meta.lifetime != LifetimeKind::Transient {
            self.shared.insert(key, position);
        }
        self.path.push(position);
        for (how, names) in [(How::Requires, meta.requires), (How::Takes, meta.deps)] {
            for name in names {
                let need = self.need(meta, name(), how);
                self.picture.nodes[position].needs.push(need);
            }
        }
        self.path.pop();
        position
    }

    fn need(&mut self, user: &'static Meta, name: &'static Meta, how: How) -> Need {
        let replacements = Arc::clone(&self.replacements);
        let by = stands(&replacements, name, user).into_iter().map(|stand| {
            let position = match stand.what {
                What::Function(meta) => self.function(meta),
                What::Value(meta) => self.value(meta),
            };
            let replaces = &mut self.picture.nodes[position].replaces;
            for context in &stand.contexts {
                let replaced = format!("{} in {context}", name.label());
                if !replaces.contains(&replaced) {
                    replaces.push(replaced);
                }
            }
            (position, stand.contexts)
        });
        let by = by.collect();
        Need { how, name, by }
    }

    fn value(&mut self, meta: &'static Meta) -> usize {
        let key = (self.app, Key::Value((meta.id)()));
        if let Some(&known) = self.shared.get(&key) {
            return known;
        }
        let position = self.add_node(What::Value(meta));
        self.shared.insert(key, position);
        position
    }

    fn add_node(&mut self, what: What) -> usize {
        self.picture.nodes.push(Node {
            what,
            needs: Vec::new(),
            replaces: Vec::new(),
        });
        self.picture.nodes.len() - 1
    }

    /// Adds what functions start after, where that is in the same request.
    fn add_after(&mut self, root: usize) {
        let request = self.picture.request(root);
        for &user in &request {
            let Some(meta) = self.picture.nodes[user].function() else {
                continue;
            };
            for name in meta.after {
                let name = name();
                let mut by = Vec::new();
                for stand in stands(&self.replacements, name, meta) {
                    let id = (stand.what.meta().id)();
                    let key = match stand.what {
                        What::Function(_) => Key::Function(id),
                        What::Value(_) => Key::Value(id),
                    };
                    let position = self.shared.get(&(self.app, key)).copied();
                    if let Some(position) = position.filter(|other| request.contains(other)) {
                        by.push((position, stand.contexts));
                    }
                }
                let needs = &mut self.picture.nodes[user].needs;
                let is_new = |need: &Need| need.how != How::After || need.by != by;
                if !by.is_empty() && needs.iter().all(is_new) {
                    let how = How::After;
                    needs.push(Need { how, name, by });
                }
            }
        }
    }

    /// Finds out who shares a hop.
    fn outline(&mut self) {
        let picture = &mut self.picture;
        let mut looked_at = BTreeSet::new();
        for &root in &picture.roots {
            let request = picture.request(root);
            let mut outline = Outline::of(&parts(picture, &request), 0);
            for (&user, after) in request.iter().zip(&outline.goes_on_after) {
                let after: Vec<usize> = after.iter().map(|&part| request[part]).collect();
                if looked_at.insert(user) {
                    let pairs = after.iter().map(|&used| (user, used));
                    picture.goes_on_after.extend(pairs);
                } else {
                    let is_kept =
                        |&(other, used): &(usize, usize)| other != user || after.contains(&used);
                    picture.goes_on_after.retain(is_kept);
                }
            }
            if picture.roots.len() == 1 {
                for part in outline.hops.iter_mut().flat_map(|hop| &mut hop.parts) {
                    *part = request[*part];
                }
                picture.hops = outline.hops;
            }
        }
    }
}

/// The nodes of a request, which are named by their position among those.
fn parts(picture: &Picture, request: &[usize]) -> Vec<Part> {
    let part_of = |needed: usize| request.iter().position(|&other| other == needed);
    let part = |&position: &usize| {
        let user = &picture.nodes[position];
        let meta = user.what.meta();
        let is_made = user.colour().is_none() || user.lives(LifetimeKind::Singleton);
        let runs = match meta.colour {
            _ if is_made => Runs::Not,
            Colour::Plain => Runs::OnLane,
            Colour::Inline | Colour::Struct => Runs::InPlace,
            Colour::Async | Colour::Cpu => Runs::Elsewhere,
        };
        let needed = |how| user.needed(how).filter_map(part_of).collect();
        Part {
            runs,
            is_guard: user.is(Kind::Guard),
            reads: if is_made { 0 } else { meta.reads.len() },
            requires: needed(How::Requires),
            inputs: needed(How::Takes),
            after: needed(How::After),
        }
    };
    request.iter().map(part).collect()
}
