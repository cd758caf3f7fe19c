//! Work in the background, when its time has come.

use std::panic::Location;
use std::sync::Arc;

use tokio::runtime::Handle;

use super::step::{Unreturned, awaited, on_lane};
use super::surroundings::Ground;
use crate::app::WeakApp;
use crate::background::{Background, Job, JobWork};
use crate::lane::Lane;
use crate::plan::WatchJob;
use crate::scope::Scope;
use crate::unwind::discard;

/// Runs background work until there is no more.
pub(super) async fn work_off(ground: &Ground, background: &Background) {
    while let Some(job) = background.next() {
        work(ground, job).await;
    }
}

/// Runs a piece of background work.
async fn work(ground: &Ground, job: Job) {
    let place = job.place;
    let worked = match job.work {
        JobWork::Async(future) => {
            let watch = WatchJob {
                jobs: ground.app().slow_jobs(),
                limit: ground.app().settings().slow_poll,
                place,
            };
            awaited(future, watch).await
        }
        JobWork::Plain(function) => {
            let lost = move || say_lost(place, RUNTIME_IS_GONE);
            match on_lane(ground, function, lost).returned().await {
                Ok(worked) => Some(worked),
                Err(Unreturned::Panicked) => None,
                Err(Unreturned::Lost) => Some(Err(ground.lane.why_not().to_string())),
            }
        }
    };
    let error = match worked {
        Some(Ok(())) => return,
        Some(Err(error)) => error,
        None => "it panicked".to_owned(),
    };
    tracing::error!(%place, error, "work in the background failed");
}

/// Drops work that was added for a handler that would complete.
pub(super) fn forget_hopeful(background: &Background) {
    for job in background.take_hopeful() {
        tracing::warn!(
            place = %job.place,
            "work in the background is not run, as the request did not complete"
        );
        discard(job);
    }
}

/// Ends a queue: what is added from now on starts at once, for as long as the app lives.
pub(super) async fn close(ground: &Ground, background: Background) {
    let start = Starter {
        app: ground.app().downgrade(),
        scope: ground.scope.clone(),
        runtime: ground.lane.runtime().cloned(),
    };
    let start = Arc::new(move |job| start.start(job));
    loop {
        work_off(ground, &background).await;
        if background.close(start.clone()) {
            return;
        }
    }
}

/// Starts work that is added when its request is over. Whoever keeps a queue does not keep the app.
struct Starter {
    app: WeakApp,
    scope: Scope,
    runtime: Option<Handle>,
}

impl Starter {
    fn start(&self, job: Job) {
        let mut late = Late(Some(job), RUNTIME_IS_GONE);
        let app = self.app.upgrade();
        let presence = app.as_ref().and_then(|app| app.life().enter_late());
        let (Some(app), Some(presence)) = (app, presence) else {
            late.1 = APP_IS_GONE;
            return;
        };
        let ground = Ground {
            scope: self.scope.clone(),
            lane: Lane::behind(&app, self.runtime.clone()),
            recording: None,
        };
        let around = ground.clone();
        ground.spawn(async move {
            if let Some(job) = late.0.take() {
                work(&around, job).await;
            }
            drop(presence);
        });
    }
}

/// Work on its way to a task, and why it is lost if it never gets there. Empty once it is there.
struct Late(Option<Job>, &'static str);

impl Drop for Late {
    fn drop(&mut self) {
        if let Some(job) = self.0.take() {
            lose(job, self.1);
        }
    }
}

/// Drops the work that the runtime did not live to see, and whatever is added from now on.
pub(super) fn lose_all(background: &Background) {
    let lose = |job| lose(job, RUNTIME_IS_GONE);
    loop {
        while let Some(job) = background.next() {
            lose(job);
        }
        if background.close(Arc::new(lose)) {
            return;
        }
    }
}

const RUNTIME_IS_GONE: &str = "the runtime is gone";
const APP_IS_GONE: &str = "the app is gone or has shut down";

fn lose(job: Job, why: &str) {
    say_lost(job.place, why);
    discard(job);
}

fn say_lost(place: &Location<'_>, why: &str) {
    tracing::error!(%place, "{why}: work in the background did not run");
}
