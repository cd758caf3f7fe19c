//! [`Surroundings`]: where a run takes place, and goes on when its request is answered.

use std::sync::Arc;

use crate::app::App;
use crate::context::Context;
use crate::explain::Recording;
use crate::lane::{self, Lane};
use crate::plan::Plan;
use crate::scope::Scope;

/// Where a run takes place.
pub(in crate::run) struct Surroundings<C: Context> {
    pub(in crate::run) ground: Ground,
    pub(in crate::run) plan: Arc<Plan<C>>,
}

/// The same whatever the run resolves.
#[derive(Clone)]
pub(in crate::run) struct Ground {
    pub(in crate::run) scope: Scope,
    pub(in crate::run) lane: Lane,
    /// Where it is written down what is done.
    pub(in crate::run) recording: Option<Arc<Recording>>,
}

impl<C: Context> Surroundings<C> {
    pub(in crate::run) fn app(&self) -> &App {
        self.ground.app()
    }

    pub(in crate::run) fn lane(&self) -> &Lane {
        &self.ground.lane
    }

    /// What comes after the response needs the seat no more.
    pub(super) fn leave_seat(&mut self) {
        self.ground.lane = self.ground.lane.after_response();
    }
}

impl<C: Context> Clone for Surroundings<C> {
    fn clone(&self) -> Self {
        Self {
            ground: self.ground.clone(),
            plan: Arc::clone(&self.plan),
        }
    }
}

impl Ground {
    pub(super) fn app(&self) -> &App {
        self.lane.app()
    }

    /// Runs a future on a task of the app. Without a runtime it is dropped.
    pub(super) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = self.lane.runtime() {
            let life = self.app().life();
            let future = lane::wrap(self.lane.clone(), future);
            life.spawn(runtime, self.scope.clone().wrap(future));
        }
    }
}
