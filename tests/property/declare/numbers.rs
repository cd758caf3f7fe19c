//! Which number a node has in its plan: they are counted as they are declared, on the thread that
//! builds the plan.

use std::cell::RefCell;
use std::sync::Arc;
use std::thread::LocalKey;

use super::Scenic;
use crate::catalogue::Slot;
use crate::graph::{Graph, Role};
use crate::log::Member;
use crate::scene::{RUN, Run, installed};

/// A plan that is being built.
pub(crate) struct Counting {
    graph: Arc<Graph>,
    next: usize,
    /// How many singletons are open whose insides are read, but are no nodes of the plan.
    behind: usize,
    /// The singleton that the plan makes, and the run it belongs to.
    own: Option<(usize, Arc<Run>)>,
}

pub(crate) type Counted = LocalKey<RefCell<Option<Counting>>>;

thread_local! {
    /// The plan of a request. It is set before its future is first polled, which builds the plan.
    pub(super) static REQUEST: RefCell<Option<Counting>> = const { RefCell::new(None) };
    /// The plan of a singleton's own run. It is set while that one is declared.
    pub(super) static OWN: RefCell<Option<Counting>> = const { RefCell::new(None) };
}

/// A node that is declared.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) graph: Arc<Graph>,
    /// Its number in the graph.
    pub(crate) node: usize,
    pub(crate) member: Member,
    /// The run that it belongs to; `None` for a request's, which each has its own.
    own: Option<Arc<Run>>,
}

impl Place {
    /// The run that this thread works for.
    pub(crate) fn run(&self) -> Arc<Run> {
        match &self.own {
            Some(run) => Arc::clone(run),
            None => RUN.with(Arc::clone),
        }
    }
}

/// Begins to count the nodes of a request's plan.
pub(crate) fn begin_request(graph: &Arc<Graph>) {
    REQUEST.set(Some(Counting {
        graph: Arc::clone(graph),
        next: 0,
        behind: 0,
        own: None,
    }));
}

/// The graph whose handler is declared.
pub(super) fn declare_handler() -> Arc<Graph> {
    REQUEST.with_borrow_mut(|counting| {
        let counting = counting.as_mut().expect("a plan is built by `resolve`");
        counting.next += 1;
        Arc::clone(&counting.graph)
    })
}

/// Gives a number to something that is not declared by itself.
pub(super) fn count<C: Scenic>() {
    C::numbers().with_borrow_mut(|counting| {
        let counting = counting.as_mut().expect("a node is being declared");
        counting.next += 1;
    });
}

/// Declares a node of that type, with its number.
pub(super) fn enter<C: Scenic>(slot: Slot, declare: impl FnOnce(&Place)) {
    let is_root = C::numbers().with_borrow_mut(|counting| match counting {
        Some(_) => false,
        None => {
            // Only a singleton's own run has no handler before.
            let run = installed();
            let graph = Arc::clone(&run.scene.graph);
            let own = Some((graph.node_of(slot), run));
            *counting = Some(Counting {
                graph,
                next: 0,
                behind: 0,
                own,
            });
            true
        }
    });
    let is_behind = slot.role == Role::Singleton && !is_root;
    let place = C::numbers().with_borrow_mut(|counting| {
        let counting = counting.as_mut().expect("it has just been looked at");
        let declared = counting.next;
        if counting.behind == 0 {
            counting.next += 1;
        }
        counting.behind += usize::from(is_behind);
        Place {
            node: counting.graph.node_of(slot),
            graph: Arc::clone(&counting.graph),
            member: match &counting.own {
                None => Member::Declared(declared),
                Some((singleton, _)) => Member::Own(*singleton, declared),
            },
            own: counting.own.as_ref().map(|(_, run)| Arc::clone(run)),
        }
    });
    declare(&place);
    C::numbers().with_borrow_mut(|counting| {
        if let Some(counting) = counting.as_mut() {
            counting.behind -= usize::from(is_behind);
        }
    });
    if is_root {
        C::numbers().set(None);
    }
}
