//! A prior run: dependencies that were resolved before the handler was reached, as by a layer around
//! it, and that the handler's own graph finds made.
//!
//! 1. The values of a prior run are lent: who borrows them does not end them.
//! 2. A prior run is torn down when all who borrowed from it are, and is told what became of them.
//! 3. What they do after the response waits for that, and is told of a teardown that failed. Then the
//!    work comes first that was added to the queue of the prior run, then the values are ended of
//!    those who borrowed, and then its own.
//! 4. Only runs of the same app borrow: another one has its own singletons, replacements and end.

use std::any::TypeId;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use tokio_util::sync::{CancellationToken, DropGuard};

use super::values::Values;
use crate::app::App;
use crate::background::Background;
use crate::block::Room;
use crate::context::Context;
use crate::lane::Seat;
use crate::outcome::Outcome;
use crate::plan::{Code, Plan};
use crate::value::Value;

/// The values of a run that are lent to the runs within it.
pub struct PriorRun {
    app: App,
    /// On which those work that borrow from it, too: they are parts of one request.
    seat: Option<Seat>,
    /// Behind a lock, as a value as such may belong to one thread at a time.
    made: Mutex<Vec<(TypeId, Value)>>,
    /// What became of who borrowed, the worst first.
    outcome: Arc<Mutex<Option<Outcome>>>,
    torn_down: Weak<DropGuard>,
    over: Weak<DropGuard>,
    /// Its own, after those of the runs that it has borrowed from.
    progress: Vec<Arc<Progress>>,
}

impl std::fmt::Debug for PriorRun {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("PriorRun")
            .field("outcome", &self.outcome)
            .finish_non_exhaustive()
    }
}

impl PriorRun {
    /// Handles to all values.
    fn shared(&self) -> Vec<(TypeId, Value)> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let shared = made.iter().map(|(id, value)| Some((*id, value.share()?)));
        shared.flatten().collect()
    }
}

/// How a run that lends its values knows of those who borrow them.
pub(super) struct Lent {
    outcome: Arc<Mutex<Option<Outcome>>>,
    /// Cancelled when all who borrow are torn down.
    pub(super) torn_down: CancellationToken,
    /// Cancelled when all who borrow are done with what they do after the response.
    pub(super) over: CancellationToken,
    progress: Arc<Progress>,
}

/// How far a run that lends has come, for those who have borrowed.
#[derive(Default)]
struct Progress {
    /// What it came to with its own teardowns.
    outcome: OnceLock<Outcome>,
    torn_down: CancellationToken,
    /// The work in its queue is done, to which whoever borrows may have added.
    worked_off: CancellationToken,
}

impl Lent {
    /// What the run that lends came to, which is what became of those who borrowed.
    pub(super) fn outcome(&self) -> Option<Outcome> {
        *self.outcome.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that the run that lends is torn down.
    pub(super) fn tell_torn_down(&self, outcome: Outcome) {
        self.progress.outcome.get_or_init(|| outcome);
        self.progress.torn_down.cancel();
    }

    /// Says that the work in its queue is done.
    pub(super) fn tell_worked_off(&self) {
        self.progress.worked_off.cancel();
    }
}

impl Drop for Lent {
    /// Nobody waits for what does not happen any more.
    fn drop(&mut self) {
        self.progress.torn_down.cancel();
        self.progress.worked_off.cancel();
    }
}

/// What keeps a run open for others to borrow from.
pub(super) struct Open {
    pub(super) prior: Arc<PriorRun>,
    _torn_down: Arc<DropGuard>,
    _over: Arc<DropGuard>,
}

/// Lends what a run has made, and what was lent to it.
pub(super) fn lend<C: Context>(
    app: &App,
    plan: &Plan<C>,
    values: &Values,
    borrowed: Option<&Borrower>,
    seat: Option<Seat>,
) -> (Open, Lent) {
    let made = (0..plan.root()).filter_map(|node| {
        let id = plan.id(node)?;
        Some((id, values.get(node)?.share()?))
    });
    let lent_to_it = borrowed
        .filter(|borrower| borrower.is_of(app))
        .map(|borrower| borrower.prior.shared());
    let outcome = Arc::new(Mutex::new(None));
    let (torn_down, over) = (CancellationToken::new(), CancellationToken::new());
    let open_until_torn_down = Arc::new(torn_down.clone().drop_guard());
    let open_until_over = Arc::new(over.clone().drop_guard());
    let progress = Arc::new(Progress::default());
    let before = borrowed.map(|borrower| borrower.prior.progress.clone());
    let prior = Arc::new(PriorRun {
        app: app.clone(),
        seat,
        made: Mutex::new(made.chain(lent_to_it.into_iter().flatten()).collect()),
        outcome: Arc::clone(&outcome),
        torn_down: Arc::downgrade(&open_until_torn_down),
        over: Arc::downgrade(&open_until_over),
        progress: before
            .into_iter()
            .flatten()
            .chain([Arc::clone(&progress)])
            .collect(),
    });
    let open = Open {
        prior,
        _torn_down: open_until_torn_down,
        _over: open_until_over,
    };
    let lent = Lent {
        outcome,
        torn_down,
        over,
        progress,
    };
    (open, lent)
}

/// A run that borrows values of a prior one.
pub(crate) struct Borrower {
    prior: Arc<PriorRun>,
    over: Arc<DropGuard>,
    _torn_down: Arc<DropGuard>,
    has_told: bool,
}

impl Borrower {
    /// Borrows from a run, unless that is closed.
    pub(crate) fn of(prior: &Weak<PriorRun>) -> Option<Self> {
        let prior = prior.upgrade()?;
        Some(Self {
            _torn_down: prior.torn_down.upgrade()?,
            over: prior.over.upgrade()?,
            prior,
            has_told: false,
        })
    }

    /// The seat of what it borrows from.
    pub(super) fn seat(&self) -> Option<Seat> {
        self.prior.seat.clone()
    }

    /// Whether what it borrows from is a run of this app.
    pub(super) fn is_of(&self, app: &App) -> bool {
        self.prior.app.is(app)
    }

    /// Puts what is lent among the values of a run. Returns by node whether it need not run: it is
    /// lent, or needed only by what is.
    pub(super) fn borrow<C: Context>(
        &self,
        app: &App,
        plan: &Plan<C>,
        values: &mut Values,
    ) -> Option<Box<[bool]>> {
        if !self.is_of(app) {
            self.warn_of_two_apps(app, plan);
            return None;
        }
        let mut borrowed = false;
        for (id, value) in self.prior.shared() {
            if let Some(node) = plan.node_of(id)
                && node != plan.root()
            {
                values.borrow(node, of_borrower(plan.code(node), value));
                borrowed = true;
            }
        }
        borrowed.then(|| not_needed(plan, values))
    }

    /// Says once for each app that what a run of it needs was made in another one, in vain.
    fn warn_of_two_apps<C: Context>(&self, app: &App, plan: &Plan<C>) {
        let made = self.prior.shared();
        let twice = made.iter().find_map(|(id, _)| plan.node_of(*id));
        if let Some(node) = twice
            && app.is_first_to_meet_another()
        {
            tracing::warn!(
                node = plan.name(node),
                place = %plan.place(node),
                "a layer has resolved a node in another app, so it is resolved again: add the layer of \
                 the app after that of `require`, so that it goes outside"
            );
        }
    }

    /// Tells the prior run what this one came to, whose values are ended now but for what is done
    /// after the response.
    pub(crate) fn tell(mut self, outcome: Outcome) -> Debt {
        self.note(outcome);
        Debt {
            progress: self.prior.progress.clone(),
            _over: Arc::clone(&self.over),
        }
    }

    fn note(&mut self, outcome: Outcome) {
        self.has_told = true;
        let known = &mut *self
            .prior
            .outcome
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if known.is_none_or(Outcome::is_completed) {
            *known = Some(outcome);
        }
    }
}

impl Drop for Borrower {
    fn drop(&mut self) {
        if !self.has_told {
            self.note(Outcome::Cancelled);
        }
    }
}

/// What a run that has borrowed still owes when it is torn down: to be kept until it has done what it
/// does after the response.
#[must_use]
pub(crate) struct Debt {
    progress: Vec<Arc<Progress>>,
    _over: Arc<DropGuard>,
}

impl Debt {
    /// Waits until the prior runs are torn down, and returns whether that went well.
    pub(super) async fn torn_down(&self) -> bool {
        let mut went_well = true;
        for progress in &self.progress {
            progress.torn_down.cancelled().await;
            let outcome = progress.outcome.get();
            went_well &= outcome.is_none_or(|outcome| outcome.is_completed());
        }
        went_well
    }

    /// Waits until the work is done in the queues of the prior runs.
    pub(super) async fn worked_off(&self) {
        for progress in &self.progress {
            progress.worked_off.cancelled().await;
        }
    }
}

/// Whether an app that shuts down refuses a run: not one within a run of its own, which goes on.
pub(crate) fn is_refused(app: &App, borrower: Option<&Borrower>) -> bool {
    app.life().is_closed() && !borrower.is_some_and(|borrower| borrower.is_of(app))
}

/// A value as a run finds it that borrows it: it adds to the queue as one whose handler has not ended.
fn of_borrower<C: Context>(code: &Code<C>, value: Value) -> Value {
    if let Code::Background(store) = code
        && let Value::Shared(queue, _) = &value
        && let Some(queue) = queue.downcast_ref::<Background>()
    {
        return store(queue.lend(), Room::none());
    }
    value
}

/// By node: whether nothing that has to run needs it.
fn not_needed<C: Context>(plan: &Plan<C>, values: &Values) -> Box<[bool]> {
    let mut not_needed = vec![true; plan.len()];
    let mut needed = vec![plan.root()];
    while let Some(node) = needed.pop() {
        if values.get(node).is_some() || !std::mem::replace(&mut not_needed[node as usize], false) {
            continue;
        }
        let before = plan.inputs(node).iter().chain(plan.requires(node));
        needed.extend(before.copied().chain(plan.slots(node)));
    }
    not_needed.into()
}
