//! How a run begins that may go [ahead](Ahead): at once, and with nothing but what that needs.

use super::{Asked, Stage};
use crate::app::Presence;
use crate::context::Context;
use crate::lane::{self, Current, Lane, On};
use crate::run::concurrent::{Ahead, Halted};
use crate::run::ending::Ground;
use crate::scope::Scope;
use crate::value::Value;

/// How far a run has gone ahead.
enum Went<C: Context> {
    Through(Value),
    SoFar(SoFar<C>),
}

/// A run that has gone ahead, and goes on.
struct SoFar<C: Context> {
    halted: Box<Halted<C>>,
    presence: Presence,
    /// What is set on the thread while it is polled.
    current: Option<Current>,
    on: On,
}

impl<C: Context> Stage<C> {
    /// Does what can be done at once, if nothing is done. Returns the value of the root if that is all.
    #[inline]
    pub(super) fn go_ahead(&mut self) -> Option<Value> {
        let Self::Asked(asked) = self else {
            return None;
        };
        match asked.go_ahead()? {
            Went::Through(value) => {
                // Where it is: it is large, and this is what most requests come to.
                *self = Self::Over;
                Some(value)
            }
            Went::SoFar(so_far) => {
                if let Self::Asked(asked) = std::mem::replace(self, Self::Over) {
                    *self = asked.resume(so_far);
                }
                None
            }
        }
    }
}

impl<C: Context> Asked<C> {
    /// Goes [ahead](Ahead) with a run for which nothing else has to be seen to; `None` if there is.
    #[inline]
    fn go_ahead(&mut self) -> Option<Went<C>> {
        if self.borrower.is_some() || self.plan.needs_seat() || self.is_recorded() {
            return None;
        }
        let (app, plan) = (&self.app, &*self.plan);
        let ahead = Ahead::of(plan, &self.context, &mut self.code)?;
        let presence = app.life().enter(plan.activity());
        // A flight belongs to what goes on already.
        let is_flight = ahead.is_flight();
        if !is_flight && app.life().is_closed() {
            return None;
        }
        let mut current = Some(Current {
            app: app.clone(),
            seat: lane::current_seat().filter(|_| !is_flight),
        });
        Some(match lane::with(&mut current, || ahead.go_on()) {
            Ok(value) => Went::Through(value),
            Err(halted) => Went::SoFar(SoFar {
                halted,
                presence,
                current,
                on: if is_flight { On::Own } else { On::Seat },
            }),
        })
    }

    /// Goes on with a run that has gone ahead.
    fn resume(self, so_far: SoFar<C>) -> Stage<C> {
        let SoFar {
            halted,
            presence,
            current,
            on,
        } = so_far;
        let seat = current.as_ref().and_then(|current| current.seat.clone());
        // Of what never leaves the executor.
        let ground = Ground {
            scope: Scope::empty(),
            lane: Lane::unused(self.app, on, seat),
            recording: None,
        };
        let Self {
            plan,
            context,
            code,
            ..
        } = self;
        Stage::Driven {
            driver: Some(halted.share(plan, context, code, presence, ground)),
            current,
        }
    }
}
