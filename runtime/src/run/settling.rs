//! [`Settling`]: a run from its request to the end of its last node.

mod ahead;

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll, ready};

use futures_util::future::BoxFuture;

use super::concurrent::Driver;
use super::prior::{Borrower, is_refused};
use super::{Request, RootCode, Settled, sequential};
use crate::app::{App, Presence};
use crate::context::Context;
use crate::explain::{Recording, Sampler, Sketch};
use crate::failure::Failure;
use crate::lane::{self, Current, Lane, On, Sitting};
use crate::outcome::Outcome;
use crate::plan::{Plan, SharedContext};
use crate::scope::Scope;
use crate::timer::has_timers;
use crate::unwind::{Contained, contain};

/// Resolves a plan, and ends nothing. It is moved before it is polled, and polled with every request:
/// what is large is not in it.
pub(super) struct Settling<C: Context>(Stage<C>);

enum Stage<C: Context> {
    Asked(Asked<C>),
    Driven {
        /// `None` when it is over.
        driver: Option<Driver<C>>,
        /// What is set on the thread while it is polled.
        current: Option<Current>,
    },
    /// It waits for a seat, or has one node after another.
    Boxed(BoxFuture<'static, Settled<C>>),
    Over,
}

/// A request of which nothing is done.
struct Asked<C: Context> {
    app: App,
    plan: Arc<Plan<C>>,
    context: Contained<SharedContext<C>>,
    code: Contained<RootCode<C>>,
    borrower: Option<Borrower>,
    /// Who wants it written down, once they were asked.
    takers: Option<Takers>,
}

/// Who wants a run written down.
type Takers = Vec<Arc<dyn Sampler>>;

/// A request that is let in.
struct Admitted<C: Context> {
    asked: Asked<C>,
    presence: Presence,
    on: On,
    recording: Option<Arc<Recording>>,
}

impl<C: Context> Settling<C> {
    pub(super) fn new(
        app: App,
        plan: Arc<Plan<C>>,
        context: Contained<SharedContext<C>>,
        code: RootCode<C>,
        borrower: Option<Borrower>,
    ) -> Self {
        Self(Stage::Asked(Asked {
            app,
            plan,
            context,
            code: Contained::new(code),
            borrower,
            takers: None,
        }))
    }
}

impl<C: Context> Future for Settling<C> {
    type Output = Settled<C>;

    fn poll(self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<Settled<C>> {
        let Self(stage) = self.get_mut();
        if let Some(value) = stage.go_ahead() {
            return Poll::Ready(Settled {
                result: Ok(value),
                remains: None,
            });
        }
        if matches!(stage, Stage::Asked(_))
            && let Stage::Asked(asked) = std::mem::replace(stage, Stage::Over)
        {
            match asked.enter() {
                Ok(next) => *stage = next,
                Err(refused) => return Poll::Ready(refused),
            }
        }
        let settled = ready!(match stage {
            Stage::Driven { driver, current } => {
                if let Some(driver) = driver {
                    driver.update(current);
                }
                lane::with(current, || {
                    let Some(polled) = driver else {
                        return Poll::Pending;
                    };
                    let settled = ready!(Pin::new(polled).poll(context));
                    *driver = None;
                    Poll::Ready(settled)
                })
            }
            Stage::Boxed(future) => future.as_mut().poll(context),
            Stage::Asked(_) | Stage::Over => Poll::Pending,
        });
        // Whoever keeps this keeps no seat.
        *stage = Stage::Over;
        Poll::Ready(settled)
    }
}

impl<C: Context> Unpin for Settling<C> {}

impl<C: Context> Asked<C> {
    /// Lets a run begin, as soon as it has its seat, or refuses it.
    fn enter(mut self) -> Result<Stage<C>, Settled<C>> {
        let presence = self.app.life().enter(self.plan.activity());
        let is_flight = self.is_flight();
        let recording = self.record();
        let (app, plan) = (&self.app, &self.plan);
        let failure = if !is_flight && is_refused(app, self.borrower.as_ref()) {
            Some(Failure::shutting_down())
        } else if plan.timeout().is_some() && !has_timers() {
            Some(Failure::no_timer(plan.name(plan.root())))
        } else {
            None
        };
        if let Some(failure) = failure {
            return Err(self.refuse(failure, recording.as_deref()));
        }
        let sitting = if is_flight {
            Some(Sitting::None)
        } else {
            self.sit_down()
        };
        let admitted = Admitted {
            on: if is_flight { On::Own } else { On::Seat },
            recording,
            asked: self,
            presence,
        };
        Ok(match sitting {
            Some(sitting) => admitted.begin(sitting),
            None => Stage::Boxed(Box::pin(admitted.wait_for_seat())),
        })
    }

    /// The seat that a run works on: that of the request that it is a part of, or one of its own if
    /// something of it may block. `None` if it has to wait for one.
    fn sit_down(&self) -> Option<Sitting> {
        let caller = || lane::current().and_then(|current| current.seat);
        let borrowed = self.borrower.as_ref().and_then(Borrower::seat);
        let shared = borrowed.or_else(caller);
        if shared.is_some() || !self.plan.needs_seat() {
            return Some(shared.into());
        }
        if self.plan.seat_after().is_some() {
            return Some(Sitting::Later(Arc::default()));
        }
        lane::seat_now(&self.app).map(Sitting::Taken)
    }

    /// Whether it belongs to what goes on already.
    fn is_flight(&self) -> bool {
        matches!(self.code.as_ref(), Some(RootCode::InPlan))
    }

    /// Begins to write it down, if anybody wants that.
    fn record(&mut self) -> Option<Arc<Recording>> {
        if !self.is_recorded() {
            return None;
        }
        let takers = self.takers.take()?;
        let plan = &self.plan;
        Some(Recording::begin(
            takers,
            plan.name(plan.root()),
            sketches(plan),
        ))
    }

    /// Whether anybody wants it written down. Each is asked once.
    #[inline]
    fn is_recorded(&mut self) -> bool {
        if !may_be_recorded(&self.app, &self.plan) || self.is_flight() {
            return false;
        }
        let takers = self
            .takers
            .get_or_insert_with(|| takers(&self.app, &self.plan));
        !takers.is_empty()
    }

    /// Answers a request of which nothing has run.
    fn refuse(self, failure: Failure, recording: Option<&Recording>) -> Settled<C> {
        if let Some(recording) = recording {
            recording.refused();
        }
        drop(self.borrower.map(|borrower| borrower.tell(Outcome::Failed)));
        Settled {
            result: Err(C::fail(failure)),
            remains: None,
        }
    }
}

impl<C: Context> Admitted<C> {
    async fn wait_for_seat(self) -> Settled<C> {
        let Asked { app, plan, .. } = &self.asked;
        let seat = lane::take_seat(app, plan.name(plan.root())).await;
        match seat {
            Ok(seat) => {
                if let Some(recording) = &self.recording {
                    recording.seated();
                }
                Settling(self.begin(Sitting::Taken(seat))).await
            }
            Err(overloaded) => self.asked.refuse(overloaded, self.recording.as_deref()),
        }
    }

    fn begin(self, seat: Sitting) -> Stage<C> {
        let Self {
            asked,
            presence,
            on,
            recording,
        } = self;
        let Asked {
            app,
            plan,
            context,
            code,
            borrower,
            takers: _,
        } = asked;
        // What never leaves the executor needs neither its place nor its threads.
        let (scope, lane) = if plan.goes_elsewhere() || borrower.is_some() {
            let locals = &app.settings().locals;
            (Scope::capture(locals), Lane::of(app, on, seat))
        } else {
            (Scope::empty(), Lane::unused(app, on, seat))
        };
        let current = lane.current();
        let is_sequential = plan.is_sequential();
        let request = Request {
            plan,
            context,
            scope,
            lane,
            presence,
            borrower,
            recording,
        };
        if is_sequential {
            let lane = request.lane.clone();
            let settled = lane::wrap(lane, sequential::resolve(request, code));
            return Stage::Boxed(Box::pin(settled));
        }
        Stage::Driven {
            driver: Some(Driver::new(request, code)),
            current: Some(current),
        }
    }
}

/// Whether anybody could want a run of a plan written down.
fn may_be_recorded<C: Context>(app: &App, plan: &Plan<C>) -> bool {
    #[cfg(feature = "inspect")]
    if (plan.activity().watched()).is_some_and(|watched| watched.is_looked_at()) {
        return true;
    }
    #[cfg(not(feature = "inspect"))]
    let _ = plan;
    !app.settings().explain.is_empty()
}

/// Asks all who might want a run of a plan written down.
fn takers<C: Context>(app: &App, plan: &Plan<C>) -> Takers {
    let handler = plan.name(plan.root());
    let samplers = app.settings().explain.iter();
    #[cfg(feature = "inspect")]
    let watched =
        (plan.activity().watched()).map(|watched| Arc::clone(watched) as Arc<dyn Sampler>);
    #[cfg(not(feature = "inspect"))]
    let watched = None;
    let samplers = samplers.cloned().chain(watched);
    samplers
        .filter(|sampler| contain(|| sampler.wants(handler)) == Some(true))
        .collect()
}

/// What is known of the nodes of a plan before they run.
fn sketches<C: Context>(plan: &Plan<C>) -> impl Iterator<Item = Sketch> {
    let mut before = vec![None; plan.len()];
    if plan.is_sequential() {
        // One after another.
        for pair in plan.schedule().windows(2) {
            before[pair[1] as usize] = Some(pair[0] as usize);
        }
    }
    (0..=plan.root()).map(move |node| Sketch {
        name: plan.name(node),
        label: Arc::clone(plan.label(node)),
        place: plan.place(node),
        colour: plan.colour(node),
        inputs: (plan
            .waits_for(node)
            .filter(|&input| Some(input) != before[node as usize]))
        .chain(before[node as usize])
        .collect(),
    })
}
