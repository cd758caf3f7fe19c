//! [`Stretch`]: what one hop to the lane does with values that stand beside each other.
//!
//! 1. A value is ended by exactly one thread: it leaves the stretch under its lock.
//! 2. Each teardown has its own time. If one takes too long, whoever waits takes back what is not
//!    begun, and the thread comes to an end when that one does.
//! 3. If nobody waits any more the thread goes on. What it never comes to, as the runtime has gone,
//!    is logged by name.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::step::{self, Trouble, Which};
use super::surroundings::{Ground, Surroundings};
use crate::context::Context;
use crate::explain::Recording;
use crate::failure::{Failure, Timed};
use crate::outcome::Outcome;
use crate::plan::Plan;
use crate::unwind::{contain, discard};
use crate::value::Value;

/// What one hop does with values.
pub(super) struct Stretch<C: Context> {
    plan: Arc<Plan<C>>,
    recording: Option<Arc<Recording>>,
    state: Mutex<State<C::Rejection>>,
}

struct State<R> {
    /// What is not begun.
    left: VecDeque<Piece>,
    /// What the next teardown is told.
    outcome: Outcome,
    /// The node whose value is being torn down, and since when.
    now: Option<(u32, Instant)>,
    troubles: Vec<(u32, Trouble<R>)>,
}

/// One thing that is done with a value.
pub(super) enum Piece {
    /// Tears it down; this is a handle to it.
    TearDown(u32, Value),
    /// Drops it.
    Drop(u32, Value),
}

/// What has become of a stretch.
pub(super) struct Travelled<R> {
    /// The teardowns that failed.
    pub(super) troubles: Vec<(u32, Trouble<R>)>,
    /// What was taken back.
    pub(super) left: VecDeque<Piece>,
}

impl<C: Context> Stretch<C> {
    pub(super) fn new(
        surroundings: &Surroundings<C>,
        pieces: VecDeque<Piece>,
        outcome: Outcome,
    ) -> Self {
        Self {
            plan: Arc::clone(&surroundings.plan),
            recording: surroundings.ground.recording.clone(),
            state: Mutex::new(State {
                left: pieces,
                outcome,
                now: None,
                troubles: Vec::new(),
            }),
        }
    }

    /// Does it on a thread, and returns when it is done or something takes too long.
    pub(super) async fn travel(self, surroundings: &Surroundings<C>) -> Travelled<C::Rejection> {
        let Ground { lane, .. } = &surroundings.ground;
        let limit = lane.app().settings().teardown_timeout;
        let stretch = Arc::new(self);
        let on_thread = Arc::clone(&stretch);
        let mut hop = step::on_lane(
            &surroundings.ground,
            move || on_thread.work(),
            // It says itself what is lost.
            || {},
        );
        let mut rest = limit;
        loop {
            match hop.returns_within(rest).await {
                Some(Ok(())) => return stretch.take_back(),
                Some(Err(_)) => {
                    stretch.fail_first(lane.why_not());
                    return stretch.take_back();
                }
                None => match stretch.time_left(limit) {
                    Some(left) => rest = left,
                    None => {
                        stretch.give_up_now(limit);
                        return stretch.take_back();
                    }
                },
            }
        }
    }

    /// Does it on a thread, and waits for nothing.
    pub(super) fn leave(self, surroundings: &Surroundings<C>) {
        let Ground { scope, lane, .. } = surroundings.ground.clone();
        let app = lane.app().clone();
        let presence = app.life().enter(self.plan.activity());
        lane.send(true, move || {
            let _presence = presence;
            app.counters().count_hop();
            contain(|| scope.run(|| self.work()));
            None
        });
    }

    /// Goes through it on a thread.
    fn work(&self) {
        while let Some((piece, outcome)) = self.begin() {
            match piece {
                Piece::TearDown(node, value) => {
                    // The run's own handle is there too.
                    let handles = value.other_handles().saturating_sub(1);
                    step::notice_who_outlives(&self.plan, node, handles);
                    let (plan, recording) = (&self.plan, self.recording.as_ref());
                    let which = Which::TEARDOWN;
                    let ended = step::call_plain(plan, node, value, outcome, which, recording);
                    self.end(node, ended);
                }
                Piece::Drop(_, value) => discard(value),
            }
        }
    }

    fn begin(&self) -> Option<(Piece, Outcome)> {
        let mut state = self.state();
        let piece = state.left.pop_front()?;
        if let Piece::TearDown(node, _) = piece {
            state.now = Some((node, Instant::now()));
        }
        Some((piece, state.outcome))
    }

    fn end(&self, node: u32, ended: Result<(), Trouble<C::Rejection>>) {
        let mut state = self.state();
        if state.now.take().is_none() {
            // It has taken too long, and that is what is said of it.
            drop(state);
            discard(ended);
        } else if let Err(trouble) = ended {
            state.fail(node, trouble);
        }
    }

    /// How long what is being torn down may still take; `None` if it has taken too long.
    fn time_left(&self, limit: Duration) -> Option<Duration> {
        const LEAST: Duration = Duration::from_millis(1);
        match self.state().now {
            Some((_, since)) => {
                let left = limit.checked_sub(since.elapsed());
                left.filter(|left| !left.is_zero())
            }
            // It may be long until a thread is free.
            None => Some(limit.max(LEAST)),
        }
    }

    fn give_up_now(&self, limit: Duration) {
        let mut state = self.state();
        if let Some((node, _)) = state.now.take() {
            let failure = Failure::timed_out(Timed::Teardown, self.plan.name(node), limit);
            state.fail(node, Trouble::Failure(failure));
        }
    }

    /// No thread gets there, or it has given up: what it is at fails, or else what comes first.
    fn fail_first(&self, failure: Failure) {
        let mut state = self.state();
        let (node, value) = match state.now.take() {
            Some((node, _)) => (Some(node), None),
            None => match state.left.pop_front() {
                Some(Piece::TearDown(node, value)) => (Some(node), Some(value)),
                Some(Piece::Drop(_, value)) => (None, Some(value)),
                None => (None, None),
            },
        };
        if let Some(node) = node {
            state.fail(node, Trouble::Failure(failure));
        }
        drop(state);
        discard(value);
    }

    fn take_back(&self) -> Travelled<C::Rejection> {
        let mut state = self.state();
        Travelled {
            troubles: std::mem::take(&mut state.troubles),
            left: std::mem::take(&mut state.left),
        }
    }

    fn state(&self) -> MutexGuard<'_, State<C::Rejection>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<R> State<R> {
    fn fail(&mut self, node: u32, trouble: Trouble<R>) {
        if self.outcome.is_completed() {
            self.outcome = Outcome::Failed;
        }
        self.troubles.push((node, trouble));
    }
}

impl<C: Context> Drop for Stretch<C> {
    fn drop(&mut self) {
        let Travelled { troubles, left } = self.take_back();
        for (node, trouble) in troubles {
            // Nobody was there to be told.
            tracing::error!(
                node = self.plan.name(node),
                place = %self.plan.place(node),
                error = trouble.text(),
                "a teardown failed"
            );
        }
        for piece in left {
            match piece {
                Piece::TearDown(node, value) => {
                    step::say_teardown_is_lost(&self.plan, node);
                    discard(value);
                }
                Piece::Drop(_, value) => discard(value),
            }
        }
    }
}
